import { useCallback, useEffect, useState } from "react";
import type { ExportFormat } from "../../generated/ExportFormat";
import type { ExportProgress } from "../../generated/ExportProgress";
import type { ExportResult } from "../../generated/ExportResult";
import type { JobView } from "../../generated/JobView";
import type { Problem } from "../../generated/Problem";
import { toProblem } from "../../ipc";
import { useApp, useBackend, useStore } from "../../state";

export type ExportScope = "view" | "everything";
export type ExportTarget = "ask" | "folder";
export type ExportOutcome = { result: ExportResult } | { problem: Problem } | null;

/** What is chosen, writing it, how far that is, and stopping it. */
export function useExport(view: JobView) {
  const backend = useBackend();
  const store = useStore();
  const { export_folder, export_header, export_preset } = useApp((state) => state.preferences);
  const [format, setFormat] = useState<ExportFormat>("csv");
  const [scope, setScope] = useState<ExportScope>("view");
  const [target, setTarget] = useState<ExportTarget>(export_folder === null ? "ask" : "folder");
  const [isRunning, setRunning] = useState(false);
  const [outcome, setOutcome] = useState<ExportOutcome>(null);
  const { progress, forget } = useExportProgress();

  const run = async () => {
    setRunning(true);
    setOutcome(null);
    forget();
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

  return {
    format,
    setFormat,
    scope,
    setScope,
    target,
    setTarget,
    isRunning,
    /** Null while nothing is being written: before, after, and as long as a file is being chosen. */
    progress: isRunning ? progress : null,
    outcome,
    run,
    stop: () => store.run(() => backend.call("cancel_export")),
  };
}

/** The newest news of how far an export is. */
function useExportProgress() {
  const backend = useBackend();
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  useEffect(() => {
    let isOpen = true;
    let leave: (() => void) | undefined;
    backend.listen("export_progress", setProgress).then((unlisten) => {
      leave = unlisten;
      if (!isOpen) unlisten();
    });
    return () => {
      isOpen = false;
      leave?.();
    };
  }, [backend]);
  return { progress, forget: useCallback(() => setProgress(null), []) };
}
