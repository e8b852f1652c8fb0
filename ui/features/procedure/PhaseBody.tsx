import type { ProcedureView } from "../../generated/ProcedureView";
import { useMessages } from "../../i18n";
import { Button, Phrases } from "../../shared";
import { knownValue, useLive } from "../../state";
import { Automation } from "./Automation";
import { CheckBody, WatchBody, WorkBody } from "./bodies";
import { DrainBody } from "./DrainBody";
import { GateBody } from "./GateBody";
import { ScheduledBody } from "./ScheduledBody";
import { keepsJobStop, lacksAnswer } from "./steps";
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
      return <ReadBackBody view={view} phase={view.phase} acts={acts} />;
    default:
      return null;
  }
}

const again = { stopping_jobs: "stopJobs", ending_read_only: "readOnlyOff", starting_jobs: "startJobs" } as const;

/** Waits for a switch to be read back; with none on its way it would wait for ever, and asks for one. */
function ReadBackBody({ view, phase, acts }: { view: ProcedureView; phase: keyof typeof again; acts: ProcedureActs }) {
  const { buttons, notSwitched } = useMessages().procedure;
  const isLacking = lacksAnswer(view);
  return (
    <>
      {isLacking && (
        <p className="step-note note-warn">
          <Phrases text={notSwitched[phase]} />
        </p>
      )}
      <div className="procedure-actions">
        <Button
          kind={isLacking ? "primary" : "plain"}
          isBusy={acts.isBusy}
          onClick={() => acts.request({ act: "confirm", phase, named: false })}
        >
          {isLacking ? buttons[again[phase]] : buttons.again}
        </Button>
      </div>
    </>
  );
}

/** What stands above everything else: nothing may be trusted yet, or the count can no longer fall. */
function Notes({ view, acts }: { view: ProcedureView; acts: ProcedureActs }) {
  const { procedure } = useMessages();
  const isReadOnly = useLive((live) => knownValue(live.modes.read_only) === true);
  const jobStop = useLive((live) => knownValue(live.modes.job_stop));
  const isStopSuspect = useLive((live) => live.suspect.job_stop !== null);
  const isFrozen = isReadOnly && mayFreeze.has(view.phase) && (view.holding ?? 0) > 0;
  return (
    <>
      {view.rereading && (
        <p className="step-note note-unknown">
          <Phrases text={procedure.rereading} />
        </p>
      )}
      {view.away_since !== null && (
        <p className={view.phase === "work" ? "step-note" : "step-note note-unknown"}>
          <Phrases text={view.phase === "work" ? procedure.awayInWork : procedure.away} />
        </p>
      )}
      {isStopSuspect && (needsJobStop.has(view.phase) || keepsJobStop.has(view.phase)) && (
        <p className="step-note note-unknown">
          <Phrases text={procedure.stopSuspect} />
        </p>
      )}
      {jobStop === false && !isStopSuspect && keepsJobStop.has(view.phase) && (
        <p className="step-note note-warn" role="alert" data-testid="stop-open">
          <Phrases text={procedure.stopOpen} />
        </p>
      )}
      {isFrozen && (
        <div className="step-note note-warn">
          <p>
            <Phrases text={jobStop === true ? procedure.frozen : procedure.frozenAndOpen} />
          </p>
          <Button
            kind="primary"
            isBusy={acts.isBusy}
            onClick={() => acts.request({ act: "switch_off", mode: "read_only" })}
          >
            {procedure.buttons.readOnlyOff}
          </Button>
        </div>
      )}
    </>
  );
}

/** Where jobs are waited for: under read-only some may never end. */
const mayFreeze: ReadonlySet<ProcedureView["phase"]> = new Set(["draining", "point_of_no_return", "quiet_gate"]);

/** Where everything rests on job stop: while it may be off, jobs may start. */
const needsJobStop: ReadonlySet<ProcedureView["phase"]> = new Set(["draining", "point_of_no_return"]);

const mayReopen: ReadonlySet<ProcedureView["phase"]> = new Set([
  "draining",
  "point_of_no_return",
  "going_read_only",
  "quiet_gate",
]);

/** Ways out, in every phase but the watch: that has ended when it is ended. */
function Ways({ view, acts, onOptions }: { view: ProcedureView; acts: ProcedureActs; onOptions: () => void }) {
  const { buttons, options } = useMessages().procedure;
  if (view.phase === "watching") return null;
  return (
    <div className="procedure-ways procedure-out">
      <Button onClick={onOptions} data-testid="procedure-set-times">
        {options}
      </Button>
      {mayReopen.has(view.phase) && (
        <Button isBusy={acts.isBusy} onClick={() => acts.request({ act: "reopen" })}>
          {buttons.reopen}
        </Button>
      )}
      <Button isBusy={acts.isBusy} onClick={() => acts.request({ act: "abort" })} data-testid="procedure-abort">
        {view.phase === "scheduled" ? buttons.cancelStart : buttons.abort}
      </Button>
    </div>
  );
}
