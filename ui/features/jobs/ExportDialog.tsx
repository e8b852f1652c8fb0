import { type ReactNode, useState } from "react";
import type { ExportFormat } from "../../generated/ExportFormat";
import type { ExportResult } from "../../generated/ExportResult";
import type { JobView } from "../../generated/JobView";
import type { JobWindow } from "../../generated/JobWindow";
import type { Problem } from "../../generated/Problem";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { backyardName, statusName } from "../../i18n/vocabulary";
import { toProblem } from "../../ipc";
import { Alert, Button, Dialog, ProblemAlert, Segmented, titleText } from "../../shared";
import { useApp, useBackend, useStore } from "../../state";
import type { ListState } from "./listState";
import { isFiltered } from "./sorting";
import "./export.css";

interface ExportDialogProps {
  view: JobView;
  window: JobWindow;
  list: Extract<ListState, { running: unknown }>;
  onClose: () => void;
}

type Outcome = { result: ExportResult } | { problem: Problem } | null;
type Scope = "view" | "everything";
type Target = "ask" | "folder";

/** What is chosen, and writing it. */
function useExport(view: JobView) {
  const backend = useBackend();
  const { export_folder, export_header, export_preset } = useApp((state) => state.preferences);
  const [format, setFormat] = useState<ExportFormat>("csv");
  const [scope, setScope] = useState<Scope>("view");
  const [target, setTarget] = useState<Target>(export_folder === null ? "ask" : "folder");
  const [isRunning, setRunning] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(null);

  const run = async () => {
    setRunning(true);
    setOutcome(null);
    try {
      const everything = scope === "everything";
      const request = { view, everything, format, preset: export_preset, header: export_header };
      const result = await backend.call("export_jobs", { request, chooseTarget: target === "ask" });
      if (result) setOutcome({ result });
    } catch (rejection) {
      setOutcome({ problem: toProblem(rejection) });
    } finally {
      setRunning(false);
    }
  };

  return { format, setFormat, scope, setScope, target, setTarget, isRunning, outcome, run };
}

/** How and where the list is written. Its last choices are remembered. */
export function ExportDialog({ view, window, list, onClose }: ExportDialogProps) {
  const { common, jobs } = useMessages();
  const words = jobs.export;
  const format = useFormat();
  const folder = useApp((state) => state.preferences.export_folder);
  const choices = useExport(view);
  const { outcome, scope, target } = choices;
  const isCurrent = list.kind === "known";
  return (
    <Dialog
      title={words.title}
      testId="export-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common.close}</Button>
          <Button
            kind="primary"
            icon="download"
            data-testid="export-run"
            isBusy={choices.isRunning}
            disabled={!isCurrent || (target === "folder" && folder === null)}
            onClick={choices.run}
          >
            {outcome && "result" in outcome ? words.again : words.run}
          </Button>
        </>
      }
    >
      <div className="export-form">
        <Contents choices={choices} window={window} />
        <Place target={target} onChange={choices.setTarget} />
        <div className="export-facts export-wide">
          <p>{words.facts(format.fullTime(list.at))}</p>
          <p>
            <FilterWords view={view} isIgnored={scope === "everything"} />
          </p>
        </div>
      </div>
      {!isCurrent && <Alert tone="unknown" title={words.reasonStale} />}
      <OutcomeAlert outcome={outcome} />
    </Dialog>
  );
}

/** What is written: format, rows, and for a CSV its preset and header. */
function Contents({ choices, window }: { choices: ReturnType<typeof useExport>; window: JobWindow }) {
  const words = useMessages().jobs.export;
  const store = useStore();
  const { export_header, export_preset } = useApp((state) => state.preferences);
  const { format, scope } = choices;
  const isJson = format === "json";
  return (
    <>
      <Choice
        name="format"
        title={words.format}
        value={format}
        labels={{ csv: words.csv, json: words.json }}
        onChange={choices.setFormat}
      />
      <Choice
        name="scope"
        title={words.rows}
        value={scope}
        labels={{ view: words.thisView(window.listed_matched), everything: words.everything(window.listed) }}
        onChange={choices.setScope}
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
function Place({ target, onChange }: { target: Target; onChange: (target: Target) => void }) {
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
          {folder === null ? words.noFolder : titleText(folder)}{" "}
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

function OutcomeAlert({ outcome }: { outcome: Outcome }) {
  const words = useMessages().jobs.export;
  if (!outcome) return null;
  if ("problem" in outcome) return <ProblemAlert problem={outcome.problem} testId="export-problem" />;
  return (
    <Alert tone="ok" title={words.done(outcome.result.rows)} testId="export-result">
      <p className="mono selectable">{titleText(outcome.result.path)}</p>
    </Alert>
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
