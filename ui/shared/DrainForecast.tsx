import { useFormat, useMessages } from "../i18n";
import { useLive, useTicking } from "../state";
import "./forecast.css";

const MINUTE = 60_000;

/** When the count may be 0 and what that rests on, or why nobody can say; nothing while jobs may start. */
export function DrainForecast(props: { "data-testid": string }) {
  const messages = useMessages().forecast;
  const format = useFormat();
  const forecast = useLive((live) => live.forecast);
  // To the end of the last minute: cut to its beginning, the span would promise more than was worked out.
  const span = useTicking((now) =>
    forecast?.state === "between"
      ? messages.between(format.minute(forecast.earliest, now), format.minute(forecast.latest + MINUTE - 1, now))
      : "",
  );
  if (forecast === null) return null;
  if (forecast.state === "none") {
    const { why } = forecast;
    if (why === "nothing_holds") return null;
    return (
      <p className="forecast muted" {...props}>
        {messages.none[why]}
      </p>
    );
  }
  return (
    <p className="forecast" title={messages.basisTooltip(forecast.confidence_percent)} {...props}>
      <span>{span}</span>
      <small>{messages.basis(forecast.basis)}</small>
    </p>
  );
}
