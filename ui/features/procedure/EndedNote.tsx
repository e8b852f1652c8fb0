import type { ProcedureView } from "../../generated/ProcedureView";
import { useMessages } from "../../i18n";
import { Button } from "../../shared";
import { knownValue, useLive } from "../../state";
import type { ProcedureActs } from "./useProcedureActs";

/** How a procedure ended, what it left, and the ways on from there. */
export function EndedNote({ view, acts }: { view: ProcedureView; acts: ProcedureActs }) {
  const { common, procedure } = useMessages();
  const modes = useLive((live) => live.modes);
  if (view.phase === "not_started") return null;
  const word = (value: boolean | null) => (value === null ? common.unknown : value ? common.on : common.off);
  const jobStop = knownValue(modes.job_stop);
  const readOnly = knownValue(modes.read_only);
  const isOpen = jobStop === false && readOnly === false;
  return (
    <div className="procedure-note" role="status">
      <b>{procedure.phases[view.phase]}</b>
      <p>{procedure.modesLeft(word(jobStop), word(readOnly))}</p>
      {!isOpen && (
        <div className="procedure-actions">
          {view.phase === "gave_up" && (
            <Button kind="primary" isBusy={acts.isBusy} onClick={() => acts.request({ act: "continue" })}>
              {procedure.buttons.continue}
            </Button>
          )}
          <Button isBusy={acts.isBusy} onClick={() => acts.request({ act: "reopen" })}>
            {procedure.buttons.reopen}
          </Button>
        </div>
      )}
    </div>
  );
}
