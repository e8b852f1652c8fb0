import { useState } from "react";
import type { EvidenceResult } from "../../generated/EvidenceResult";
import type { Problem } from "../../generated/Problem";
import type { ProcedurePhase } from "../../generated/ProcedurePhase";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { toProblem } from "../../ipc";
import { Alert, Button, PathText, ProblemAlert } from "../../shared";
import { useApp, useBackend } from "../../state";

/** From the work on there is something to tell. */
const tells: ReadonlySet<ProcedurePhase> = new Set([
  "work",
  "ending_read_only",
  "checking",
  "starting_jobs",
  "watching",
  "finished",
  "gave_up",
  "aborted",
]);

type Outcome = { result: EvidenceResult } | { problem: Problem } | null;

export function tellsEvidence(phase: ProcedurePhase): boolean {
  return tells.has(phase);
}

/** The evidence for the change ticket: one click, one folder. */
export function Evidence({ isPrimary }: { isPrimary: boolean }) {
  const { evidence: words } = useMessages().procedure;
  const backend = useBackend();
  const language = useLanguage();
  const folder = useApp((state) => state.preferences.export_folder);
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(null);

  const run = async (chooseTarget: boolean) => {
    setBusy(true);
    setOutcome(null);
    try {
      const result = await backend.call("export_evidence", { language, chooseTarget });
      if (result) setOutcome({ result });
    } catch (rejection) {
      setOutcome({ problem: toProblem(rejection) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="procedure-evidence">
      <div className="procedure-actions">
        <Button
          kind={isPrimary ? "primary" : "plain"}
          icon="download"
          isBusy={isBusy}
          tooltip={words.hint}
          data-testid="procedure-evidence"
          onClick={() => run(false)}
        >
          {folder === null ? words.choose : words.write}
        </Button>
        {folder !== null && (
          <Button isBusy={isBusy} data-testid="procedure-evidence-elsewhere" onClick={() => run(true)}>
            {words.elsewhere}
          </Button>
        )}
      </div>
      <EvidenceOutcome outcome={outcome} />
    </div>
  );
}

/** Where it is, and what is not in it. */
function EvidenceOutcome({ outcome }: { outcome: Outcome }) {
  const { evidence: words } = useMessages().procedure;
  const format = useFormat();
  if (!outcome) return null;
  if ("problem" in outcome) return <ProblemAlert problem={outcome.problem} testId="procedure-evidence-problem" />;
  const { path, files, missing } = outcome.result;
  return (
    <Alert tone={missing.length > 0 ? "warning" : "ok"} title={words.done(files)} testId="procedure-evidence-result">
      <PathText path={path} />
      {missing.length > 0 && <p>{words.missing(format.list(missing.map((moment) => words.moments[moment])))}</p>}
    </Alert>
  );
}
