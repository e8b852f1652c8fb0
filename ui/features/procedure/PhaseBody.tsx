import type { ProcedureView } from "../../generated/ProcedureView";
import { useMessages } from "../../i18n";
import { Button } from "../../shared";
import { knownValue, useLive } from "../../state";
import { Automation } from "./Automation";
import { CheckBody, WatchBody, WorkBody } from "./bodies";

import { DrainBody } from "./DrainBody";
import { GateBody } from "./GateBody";
import { ScheduledBody } from "./ScheduledBody";
import type { ProcedureActs } from "./useProcedureActs";

export interface BodyProps {
  view: ProcedureView;
  acts: ProcedureActs;
  onRemaining: () => void;
}

/** The current step: what it waits for, what holds it back, the next act and the ways out. */
export function PhaseBody({ onOptions, ...props }: BodyProps & { onOptions: () => void }) {
  const { view, acts } = props;
  const { procedure } = useMessages();
  const isSwitching = useLive((live) => live.switching !== null);
  return (
    <div className="step-body">
      <Notes view={view} acts={acts} />
      {isSwitching && <p className="step-note">{procedure.switching}</p>}
      <BodyOf {...props} />
      <Automation view={view} acts={acts} />
      <Ways view={view} acts={acts} onOptions={onOptions} />
    </div>
  );
}

function BodyOf(props: BodyProps) {
  const { view, acts } = props;
  const { procedure } = useMessages();
  switch (view.phase) {
    case "scheduled":
      return <ScheduledBody {...props} />;
    case "draining":
    case "point_of_no_return":
      return <DrainBody {...props} />;
    case "quiet_gate":
      return <GateBody {...props} />;
    case "work":
      return <WorkBody {...props} />;
    case "checking":
      return <CheckBody {...props} />;
    case "watching":
      return <WatchBody {...props} />;
    case "stopping_jobs":
    case "ending_read_only":
    case "starting_jobs":
      return (
        <div className="procedure-actions">
          <Button
            isBusy={acts.isBusy}
            onClick={() => acts.request({ act: "confirm", phase: view.phase, named: false })}
          >
            {procedure.buttons.again}
          </Button>
        </div>
      );
    default:
      return null;
  }
}

/** What stands above everything else: nothing may be trusted yet, or the count can no longer fall. */
function Notes({ view, acts }: { view: ProcedureView; acts: ProcedureActs }) {
  const { procedure } = useMessages();
  const isReadOnly = useLive((live) => knownValue(live.modes.read_only) === true);
  const isStopped = useLive((live) => knownValue(live.modes.job_stop) === true);
  const isStopSuspect = useLive((live) => live.suspect.job_stop !== null);
  const isFrozen = isReadOnly && view.holding !== null && view.holding > 0;
  return (
    <>
      {view.rereading && <p className="step-note note-unknown">{procedure.rereading}</p>}
      {view.is_away && (
        <p className={view.phase === "work" ? "step-note" : "step-note note-unknown"}>
          {view.phase === "work" ? procedure.awayInWork : procedure.away}
        </p>
      )}
      {isStopSuspect && needsJobStop.has(view.phase) && (
        <p className="step-note note-unknown">{procedure.stopSuspect}</p>
      )}
      {isFrozen && (
        <div className="step-note note-warn">
          <p>{isStopped ? procedure.frozen : procedure.frozenAndOpen}</p>
          <Button isBusy={acts.isBusy} onClick={() => acts.request({ act: "switch_off", mode: "read_only" })}>
            {procedure.buttons.readOnlyOff}
          </Button>
        </div>
      )}
    </>
  );
}

/** Where everything rests on job stop: while it may be off, jobs may start. */
const needsJobStop: ReadonlySet<ProcedureView["phase"]> = new Set(["draining", "point_of_no_return"]);

const mayReopen: ReadonlySet<ProcedureView["phase"]> = new Set([
  "draining",
  "point_of_no_return",
  "going_read_only",
  "quiet_gate",
]);

/** Ways out, in every phase. */
function Ways({ view, acts, onOptions }: { view: ProcedureView; acts: ProcedureActs; onOptions: () => void }) {
  const { buttons, options } = useMessages().procedure;
  return (
    <div className="procedure-ways">
      <Button kind="quiet" onClick={onOptions} data-testid="procedure-set-times">
        {options}
      </Button>
      {mayReopen.has(view.phase) && (
        <Button kind="quiet" isBusy={acts.isBusy} onClick={() => acts.request({ act: "reopen" })}>
          {buttons.reopen}
        </Button>
      )}
      <Button
        kind="quiet"
        isBusy={acts.isBusy}
        onClick={() => acts.request({ act: "abort" })}
        data-testid="procedure-abort"
      >
        {view.phase === "scheduled" ? buttons.cancelStart : buttons.abort}
      </Button>
    </div>
  );
}
