import type { ReactNode } from "react";
import type { JobView } from "../../generated/JobView";
import type { JobWindow } from "../../generated/JobWindow";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { backyardName, statusName } from "../../i18n/vocabulary";
import { Alert, Button, Dialog, PathText, Segmented, titleText } from "../../shared";
import { useApp, useStore } from "../../state";
import { ExportOutcomeAlert, ExportProgressBar } from "./ExportOutcome";
import type { ListState } from "./listState";
import { isFiltered } from "./sorting";
import { type ExportTarget, useExport } from "./useExport";
import "./export.css";

interface ExportDialogProps {
  view: JobView;
  window: JobWindow;
  list: Extract<ListState, { running: unknown }>;
  onClose: () => void;
}

/** How and where the list is written, and what comes of it. Its last choices are remembered. */
export function ExportDialog({ view, window, list, onClose }: ExportDialogProps) {
  const words = useMessages().jobs.export;
  const format = useFormat();
  const choices = useExport(view);
  const { isRunning, outcome, progress, scope } = choices;
  const isCurrent = list.kind === "known";
  return (
    <Dialog
      title={words.title}
      testId="export-dialog"
      isHeld={isRunning}
      onClose={isRunning ? choices.stop : onClose}
      footer={<Buttons choices={choices} isCurrent={isCurrent} onClose={onClose} />}
    >
      <fieldset className="export-form" disabled={isRunning}>
        <Contents choices={choices} window={window} />
        <Place target={choices.target} onChange={choices.setTarget} />
        <div className="export-facts export-wide">
          <p>{words.facts(format.fullTime(list.at))}</p>
          <p>
            <FilterWords view={view} isIgnored={scope === "everything"} />
          </p>
        </div>
      </fieldset>
      {progress && <ExportProgressBar progress={progress} />}
      {!isCurrent && !isRunning && <Alert tone="unknown" title={words.reasonStale} testId="export-stale" />}
      <ExportOutcomeAlert outcome={outcome} />
    </Dialog>
  );
}

type Choices = ReturnType<typeof useExport>;

interface ButtonsProps {
  choices: Choices;
  isCurrent: boolean;
  onClose: () => void;
}

/** While a file is being written the only way is to stop it; it is never left behind half written. */
function Buttons({ choices, isCurrent, onClose }: ButtonsProps) {
  const { common, jobs } = useMessages();
  const words = jobs.export;
  const folder = useApp((state) => state.preferences.export_folder);
  const { isRunning, outcome, progress, target } = choices;
  return (
    <>
      {progress ? (
        <Button data-testid="export-cancel" onClick={choices.stop}>
          {words.stop}
        </Button>
      ) : (
        <Button disabled={isRunning} onClick={onClose}>
          {common.close}
        </Button>
      )}
      <Button
        kind="primary"
        icon="download"
        data-testid="export-run"
        isBusy={isRunning}
        disabled={(!isCurrent && !isRunning) || (target === "folder" && folder === null)}
        onClick={choices.run}
      >
        {isRunning ? words.running : outcome && "result" in outcome ? words.again : words.run}
      </Button>
    </>
  );
}

/** What is written: format, rows, and for a CSV its preset and header. */
function Contents({ choices, window }: { choices: Choices; window: JobWindow }) {
  const words = useMessages().jobs.export;
  const store = useStore();
  const { export_header, export_preset } = useApp((state) => state.preferences);
  const { format, scope } = choices;
  const isJson = format === "json";
  return (
    <>
      <Choice
        name="scope"
        title={words.rows}
        isWide
        value={scope}
        labels={{ view: words.thisView(window.listed_matched), everything: words.everything(window.listed) }}
        onChange={choices.setScope}
      />
      <Choice
        name="format"
        title={words.format}
        value={format}
        labels={{ csv: words.csv, json: words.json }}
        onChange={choices.setFormat}
      />
      <Choice
        name="preset"
        title={words.preset}
        value={export_preset}
        isDisabled={isJson}
        labels={{ excel: words.excel, script: words.script }}
        onChange={(preset) => store.changePreferences({ export_preset: preset })}
      />
      <Choice
        name="header"
        title={words.header}
        value={export_header}
        isDisabled={isJson}
        labels={{ keys: words.keys, japanese: words.japanese }}
        onChange={(header) => store.changePreferences({ export_header: header })}
      />
      <p className="field-hint export-wide">
        {isJson ? words.jsonHelp : export_preset === "excel" ? words.excelHelp : words.scriptHelp}
      </p>
    </>
  );
}

/** Where it is written. */
function Place({ target, onChange }: { target: ExportTarget; onChange: (target: ExportTarget) => void }) {
  const words = useMessages().jobs.export;
  const store = useStore();
  const folder = useApp((state) => state.preferences.export_folder);
  const choose = async () => {
    const chosen = await store.run(() => store.backend.call("choose_export_folder"));
    if (chosen) store.changePreferences({ export_folder: chosen });
  };
  return (
    <Choice
      name="target"
      title={words.target}
      isWide
      value={target}
      labels={{ ask: words.ask, folder: words.folder }}
      onChange={onChange}
    >
      {target === "folder" && (
        <p className="field-hint selectable">
          {folder === null ? words.noFolder : <PathText path={folder} testId="export-target-path" />}{" "}
          <button type="button" className="link" onClick={choose}>
            {words.chooseFolder}
          </button>
        </p>
      )}
    </Choice>
  );
}

interface ChoiceProps<Value extends string> {
  /** Part of the ids for automation: `export-<name>`, `export-<name>-<value>`. */
  name: string;
  title: string;
  value: Value;
  labels: Record<Value, string>;
  isDisabled?: boolean;
  isWide?: boolean;
  onChange: (value: Value) => void;
  children?: ReactNode;
}

function Choice<Value extends string>({ name, title, labels, isWide, children, ...rest }: ChoiceProps<Value>) {
  const options = (Object.keys(labels) as Value[]).map((value) => ({
    value,
    label: labels[value],
    testId: `export-${name}-${value}`,
  }));
  return (
    <div className={`export-line${isWide ? " export-wide" : ""}`}>
      <h3>{title}</h3>
      <Segmented label={title} testId={`export-${name}`} options={options} {...rest} />
      {children}
    </div>
  );
}

/** The filter as the person set it, in the words of the screen. */
function FilterWords({ view: { filter }, isIgnored }: { view: JobView; isIgnored: boolean }) {
  const { jobs } = useMessages();
  const format = useFormat();
  const language = useLanguage();
  if (isIgnored || !isFiltered(filter)) return jobs.export.notFiltered;
  const words = [
    ...(filter.text.trim() ? [`“${filter.text.trim()}”`] : []),
    ...filter.organizations,
    ...filter.workspaces.map((it) => `${it.organization_id}/${it.workspace_id}`),
    ...filter.backyards.map((name) => backyardName(name, language)),
    ...filter.statuses.map((it) => statusName(it.backyard, it.status_id, language) ?? it.status_id),
  ];
  return jobs.export.filtered(format.list(words.map(titleText)));
}
