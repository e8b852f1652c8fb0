import type { ProcedureView } from "../../generated/ProcedureView";
import { useFormat, useMessages } from "../../i18n";
import { Button } from "../../shared";
import { knownValue, useLive } from "../../state";
import { Conditions } from "./Conditions";
import { drainConditions } from "./conditions";
import { Holds } from "./Holds";
import type { BodyProps } from "./PhaseBody";
import { ReviewButton } from "./ReviewButton";
import { holdsDrain } from "./remaining";

/** The drain and the point of no return: conditions, what holds, and the way to read-only. The forecast stands beside the count. */
export function DrainBody({ view, acts, onRemaining }: BodyProps) {
  const { procedure } = useMessages();
  const format = useFormat();
  const { buttons } = procedure;
  const isStopSuspect = useLive((live) => live.suspect.job_stop !== null);
  const isReadOnly = useLive((live) => knownValue(live.modes.read_only) === true);
  const isDrained = view.phase === "point_of_no_return";
  return (
    <>
      <Conditions
        conditions={drainConditions(view, procedure, isStopSuspect)}
        action={({ container }) =>
          container !== undefined && (
            <Button isBusy={acts.isBusy} onClick={() => acts.request({ act: "waive", container })}>
              {buttons.waive}
            </Button>
          )
        }
      />
      <Holds view={view} />
      {view.options.give_up_at !== null && (
        <p className="muted small">{procedure.giveUpIs(format.dateTime(view.options.give_up_at))}</p>
      )}
      <div className="procedure-actions">
        <ReviewButton view={view} isPrimary={!isDrained && !isReadOnly && asksForHelp(view)} onOpen={onRemaining} />
        {(isDrained || !isReadOnly) && (
          <Button
            kind={isDrained ? "primary" : "plain"}
            isBusy={acts.isBusy}
            onClick={() => acts.request({ act: "confirm", phase: view.phase, named: false })}
            data-testid="procedure-read-only"
          >
            {isDrained ? buttons.readOnly : buttons.skipDrain}
          </Button>
        )}
      </div>
    </>
  );
}

/** Waiting alone does not end it: somebody has to look. */
function asksForHelp(view: ProcedureView): boolean {
  return view.remaining.some(
    (job) => job.kind === "new_after_stop" || (holdsDrain(job, view) && job.next_step !== "wait"),
  );
}
