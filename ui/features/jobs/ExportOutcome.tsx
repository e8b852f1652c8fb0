import type { ExportProgress } from "../../generated/ExportProgress";
import { useMessages } from "../../i18n";
import { Alert, PathText, ProblemAlert } from "../../shared";
import type { ExportOutcome } from "./useExport";

/** How far it is. Nothing at first: most exports are done before anybody could read it. */
export function ExportProgressBar({ progress: { rows, total } }: { progress: ExportProgress }) {
  const words = useMessages().jobs.export;
  return (
    <div className="export-progress" data-testid="export-progress">
      <p>{words.progress(rows, total)}</p>
      <progress aria-label={words.running} max={Math.max(1, total)} value={rows} />
    </div>
  );
}

/** What came of it: the file, that there is none, or why. */
export function ExportOutcomeAlert({ outcome }: { outcome: ExportOutcome }) {
  const words = useMessages().jobs.export;
  if (!outcome) return null;
  if ("result" in outcome)
    return (
      <Alert tone="ok" title={words.done(outcome.result.rows)} testId="export-result">
        <p>
          <PathText path={outcome.result.path} />
        </p>
      </Alert>
    );
  if (outcome.problem.code === "cancelled")
    return (
      <Alert tone="info" title={words.cancelled} testId="export-cancelled">
        <p>{words.cancelledText}</p>
      </Alert>
    );
  return <ProblemAlert problem={outcome.problem} testId="export-problem" />;
}
