import type { Live } from "../../generated/Live";
import type { Mode } from "../../generated/Mode";
import type { ProcedureView } from "../../generated/ProcedureView";
import { type Messages, useMessages } from "../../i18n";
import { Button } from "../../shared";
import { knownValue, useLive } from "../../state";
import type { ProcedureActs } from "./useProcedureActs";

/** How a procedure ended, what it left, and the ways on from there. */
export function EndedNote({ view, acts }: { view: ProcedureView; acts: ProcedureActs }) {
  const messages = useMessages();
  const { buttons, ended } = messages.procedure;
  const live = useLive((value) => value);
  if (view.phase === "not_started") return null;
  const isOpen = isOff(live, "job_stop") === true && isOff(live, "read_only") === true;
  const hasGivenUp = view.phase === "gave_up";
  return (
    <div className="procedure-note" role="status">
      <b>{howEnded(view, messages)}</b>
      {isOpen ? (
        <p>{ended.bothOff}</p>
      ) : (
        <>
          <p>{whatStands(view, live, messages)}</p>
          <p>{hasGivenUp ? ended.goOnOrReopen : ended.reopen}</p>
        </>
      )}
      {!isOpen && (
        <div className="procedure-actions">
          {hasGivenUp && (
            <Button kind="primary" isBusy={acts.isBusy} onClick={() => acts.request({ act: "continue" })}>
              {buttons.continue}
            </Button>
          )}
          <Button isBusy={acts.isBusy} onClick={() => acts.request({ act: "reopen" })}>
            {buttons.reopen}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Null where it is not known, which an "off" in doubt is not. */
function isOff({ modes, suspect }: Live, mode: Mode): boolean | null {
  const value = suspect[mode] === null ? knownValue(modes[mode]) : null;
  return value === null ? null : !value;
}

/** That jobs still ran at the limit is one thing, that nobody could prove a zero another. */
function howEnded({ phase, holding }: ProcedureView, { procedure: { ended, phases } }: Messages): string {
  if (phase !== "gave_up") return phases[phase];
  return holding !== null && holding > 0 ? ended.stillRunning(holding) : ended.zeroNotProved;
}

function whatStands({ phase }: ProcedureView, live: Live, { common, procedure: { ended } }: Messages): string {
  const jobStop = isOff(live, "job_stop");
  const readOnly = isOff(live, "read_only");
  if (phase === "gave_up" && jobStop === false && readOnly === true) return ended.jobStopStays;
  const word = (mode: Mode, off: boolean | null) =>
    live.suspect[mode] !== null ? ended.suspect : off === null ? ended.unknown : off ? common.off : common.on;
  return ended.modes(word("job_stop", jobStop), word("read_only", readOnly));
}
