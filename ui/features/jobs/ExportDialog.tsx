import { useState } from "react";
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

/** How and where the list is written. Its last choices are remembered. */
export function ExportDialog({ view, window, list, onClose }: ExportDialogProps) {
  const { common, jobs } = useMessages();
  const words = jobs.export;
  const format = useFormat();
  const backend = useBackend();
  const store = useStore();
  const { export_folder, export_header, export_preset } = useApp((state) => state.preferences);
  const [fileFormat, setFileFormat] = useState<ExportFormat>("csv");
  const [scope, setScope] = useState<"view" | "everything">("view");
  const [target, setTarget] = useState<"ask" | "folder">(export_folder === null ? "ask" : "folder");
  const [isRunning, setRunning] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(null);
  const isCurrent = list.kind === "known";

  const run = async () => {
    setRunning(true);
    setOutcome(null);
    try {
      const request = {
        view,
        everything: scope === "everything",
        format: fileFormat,
        preset: export_preset,
        header: export_header,
      };
      const result = await backend.call("export_jobs", { request, chooseTarget: target === "ask" });
      if (result) setOutcome({ result });
    } catch (rejection) {
      setOutcome({ problem: toProblem(rejection) });
    } finally {
      setRunning(false);
    }
  };

  const chooseFolder = async () => {
    const folder = await store.run(() => backend.call("choose_export_folder"));
    if (folder) store.changePreferences({ export_folder: folder });
  };

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
            isBusy={isRunning}
            disabled={!isCurrent || (target === "folder" && export_folder === null)}
            onClick={run}
          >
            {outcome && "result" in outcome ? words.again : words.run}
          </Button>
        </>
      }
    >
      <div className="export-form">
        <Line title={words.format}>
          <Segmented
            label={words.format}
            testId="export-format"
            value={fileFormat}
            options={[
              { value: "csv", label: words.csv, testId: "export-format-csv" },
              { value: "json", label: words.json, testId: "export-format-json" },
            ]}
            onChange={setFileFormat}
          />
        </Line>
        <Line title={words.rows}>
          <Segmented
            label={words.rows}
            testId="export-scope"
            value={scope}
            options={[
              { value: "view", label: words.thisView(window.listed_matched), testId: "export-scope-view" },
              { value: "everything", label: words.everything(window.listed), testId: "export-scope-everything" },
            ]}
            onChange={setScope}
          />
        </Line>
        <Line title={words.preset}>
          <Segmented
            label={words.preset}
            testId="export-preset"
            value={export_preset}
            isDisabled={fileFormat === "json"}
            options={[
              { value: "excel", label: words.excel, testId: "export-preset-excel" },
              { value: "script", label: words.script, testId: "export-preset-script" },
            ]}
            onChange={(preset) => store.changePreferences({ export_preset: preset })}
          />
        </Line>
        <Line title={words.header}>
          <Segmented
            label={words.header}
            testId="export-header"
            value={export_header}
            isDisabled={fileFormat === "json"}
            options={[
              { value: "keys", label: words.keys, testId: "export-header-keys" },
              { value: "japanese", label: words.japanese, testId: "export-header-japanese" },
            ]}
            onChange={(header) => store.changePreferences({ export_header: header })}
          />
        </Line>
        <p className="field-hint export-wide">
          {fileFormat === "json" ? words.jsonHelp : export_preset === "excel" ? words.excelHelp : words.scriptHelp}
        </p>
        <Line title={words.target} isWide>
          <Segmented
            label={words.target}
            testId="export-target"
            value={target}
            options={[
              { value: "ask", label: words.ask, testId: "export-target-ask" },
              { value: "folder", label: words.folder, testId: "export-target-folder" },
            ]}
            onChange={setTarget}
          />
          {target === "folder" && (
            <p className="field-hint selectable">
              {export_folder === null ? words.noFolder : titleText(export_folder)}{" "}
              <button type="button" className="link" onClick={chooseFolder}>
                {words.chooseFolder}
              </button>
            </p>
          )}
        </Line>
        <div className="export-facts export-wide">
          <p>{words.facts(format.fullTime(list.at))}</p>
          <p>
            <FilterWords view={view} isIgnored={scope === "everything"} />
          </p>
        </div>
      </div>
      {!isCurrent && <Alert tone="unknown" title={words.reasonStale} />}
      {outcome && "result" in outcome && (
        <Alert tone="ok" title={words.done(outcome.result.rows)} testId="export-result">
          <p className="mono selectable">{titleText(outcome.result.path)}</p>
        </Alert>
      )}
      {outcome && "problem" in outcome && <ProblemAlert problem={outcome.problem} testId="export-problem" />}
    </Dialog>
  );
}

function Line({ title, isWide, children }: { title: string; isWide?: boolean; children: React.ReactNode }) {
  return (
    <div className={`export-line${isWide ? " export-wide" : ""}`}>
      <h3>{title}</h3>
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
  const status = (value: string) => {
    const slash = value.indexOf("/");
    return statusName(value.slice(0, slash), value.slice(slash + 1), language) ?? value.slice(slash + 1);
  };
  const words = [
    ...(filter.text.trim() ? [`“${filter.text.trim()}”`] : []),
    ...filter.organizations,
    ...filter.workspaces,
    ...filter.backyards.map((name) => backyardName(name, language)),
    ...filter.statuses.map(status),
  ];
  return jobs.export.filtered(format.list(words.map(titleText)));
}
