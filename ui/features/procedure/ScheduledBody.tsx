import { useFormat, useMessages } from "../../i18n";
import { Button } from "../../shared";
import { useTicking } from "../../state";
import type { BodyProps } from "./PhaseBody";

/** A start that comes by itself: when, under which conditions, and how to have it sooner or not at all. */
export function ScheduledBody({ view, acts }: BodyProps) {
  const { procedure } = useMessages();
  const format = useFormat();
  const at = view.options.start_at;
  const left = useTicking((now) => (at === null || now >= at ? null : format.elapsed(at - now)));
  return (
    <>
      {at !== null && <p className="work-clock">{left === null ? procedure.startDue : procedure.startsIn(left)}</p>}
      {at !== null && <p className="soft small">{procedure.startsAt(format.dateTime(at))}</p>}
      <p className="muted small">{procedure.startHolds}</p>
      <div className="procedure-actions">
        <Button
          isBusy={acts.isBusy}
          onClick={() => acts.request({ act: "confirm", phase: "scheduled", named: false })}
          data-testid="procedure-start-sooner"
        >
          {procedure.buttons.startSooner}
        </Button>
      </div>
    </>
  );
}
