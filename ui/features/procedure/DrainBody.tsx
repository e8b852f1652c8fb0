import type { ProcedureView } from "../../generated/ProcedureView";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { backyardName } from "../../i18n/vocabulary";
import { Button, titleText } from "../../shared";
import { useLive, useTicking } from "../../state";
import { Conditions } from "./Conditions";
import { drainConditions } from "./conditions";
import { placeOf } from "./ownerText";
import type { BodyProps } from "./PhaseBody";

/** The drain and the point of no return: conditions, what holds, the forecast, and the way to read-only. */
export function DrainBody({ view, acts, onRemaining }: BodyProps) {
  const { procedure } = useMessages();
  const format = useFormat();
  const { buttons } = procedure;
  const isStopSuspect = useLive((live) => live.suspect.job_stop !== null);
  const isDrained = view.phase === "point_of_no_return";
  const confirm = () => acts.request({ act: "confirm", phase: view.phase, named: false });
  return (
    <>
      <Conditions
        conditions={drainConditions(view, procedure, isStopSuspect)}
        action={({ container }) =>
          container !== undefined && (
            <Button kind="quiet" isBusy={acts.isBusy} onClick={() => acts.request({ act: "waive", container })}>
              {buttons.waive}
            </Button>
          )
        }
      />
      <Holds view={view} />
      <Forecast view={view} />
      {view.options.give_up_at !== null && (
        <p className="muted small">{procedure.giveUpIs(format.dateTime(view.options.give_up_at))}</p>
      )}
      <div className="procedure-actions">
        {view.remaining_total > 0 && (
          <Button kind={isDrained ? "plain" : "primary"} onClick={onRemaining} data-testid="procedure-show-remaining">
            {procedure.showRemaining(view.remaining_total)}
          </Button>
        )}
        <Button
          kind={isDrained ? "primary" : "quiet"}
          isBusy={acts.isBusy}
          onClick={confirm}
          data-testid="procedure-read-only"
        >
          {isDrained ? buttons.readOnly : buttons.skipDrain}
        </Button>
      </div>
    </>
  );
}

/** The most urgent row: why it holds, and what to do about it. */
function Holds({ view }: { view: ProcedureView }) {
  const { procedure } = useMessages();
  const language = useLanguage();
  const format = useFormat();
  const [first] = view.remaining;
  if (!first) return null;
  const why = format.list([procedure.kinds[first.kind], procedure.unchanged(format.duration(first.unchanged_ms))]);
  return (
    <p className="step-holds">
      <b>{procedure.holds}</b>{" "}
      {procedure.holdsText(placeOf(first), titleText(backyardName(first.backyard, language)), why)}
      <span className="soft">{procedure.next[first.next_step]}</span>
    </p>
  );
}

function Forecast({ view: { forecast } }: { view: ProcedureView }) {
  const { procedure } = useMessages();
  const format = useFormat();
  const span = useTicking((now) =>
    forecast?.state === "between"
      ? procedure.forecast(format.minute(forecast.earliest, now), format.minute(forecast.latest, now))
      : "",
  );
  if (forecast === null) return null;
  if (forecast.state === "none") {
    if (forecast.why === "nothing_holds") return null;
    return (
      <p className="muted small" data-testid="procedure-forecast">
        {procedure.noForecast[forecast.why]}
      </p>
    );
  }
  return (
    <p
      className="small"
      data-testid="procedure-forecast"
      title={procedure.forecastBasis(forecast.basis, forecast.confidence_percent)}
    >
      {span}
    </p>
  );
}
