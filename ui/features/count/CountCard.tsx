import type { Running } from "../../generated/Running";
import type { Timestamp } from "../../generated/Timestamp";
import { useFormat, useMessages } from "../../i18n";
import { Age, DrainForecast, Tag, useMoment } from "../../shared";
import { lastValue, shownAs, useLive, useTicking } from "../../state";
import { CountChart } from "./CountChart";
import "./count.css";

/** How many jobs run: the deciding figure large, and beside it what the platform's own count leaves out. */
export function CountCard() {
  const { count } = useMessages();
  const truth = useLive((live) => live.running);
  const shown = shownAs(truth);
  const running = lastValue(truth);

  return (
    <section
      className={`card count count-${shown}`}
      aria-label={count.region}
      data-testid="running-count"
      data-state={shown}
      data-value={running && shown !== "unknown" ? running.deciding : ""}
    >
      {truth.state === "known" ? <Known value={truth.value.deciding} at={truth.at} /> : <NotKnown />}
      <CountChart />
      <Beside />
      {truth.state === "known" && <DrainForecast data-testid="count-forecast" />}
    </section>
  );
}

/** Five digits stand beside the chart at full size; longer figures are set smaller. */
const FULL_SIZE = 99_999;

function Figure({ value }: { value: number }) {
  const format = useFormat();
  return <span className={value > FULL_SIZE ? "count-big count-long" : "count-big"}>{format.number(value)}</span>;
}

function Known({ value, at }: { value: number; at: Timestamp }) {
  const { count } = useMessages();
  return (
    <p className="count-figure">
      <Figure value={value} />
      <span className="count-unit">
        {count.unit}
        <small>
          <Age at={at} />
        </small>
      </span>
    </p>
  );
}

function NotKnown() {
  const { count } = useMessages();
  const format = useFormat();
  const moment = useMoment();
  const truth = useLive((live) => live.running);
  const running = lastValue(truth);
  // An old zero is not shown large: it is what everybody hopes to read, and nobody knows whether it still holds.
  if (truth.state === "stale" && shownAs(truth) === "stale" && running && running.deciding > 0) {
    return (
      <p className="count-figure">
        <Figure value={running.deciding} />
        <span className="count-unit">
          {count.unit}
          <small>{count.asOf(moment(truth.at))}</small>
        </span>
      </p>
    );
  }
  if (truth.state === "unknown" && truth.problem === null)
    return (
      <p className="count-figure">
        <span className="count-unit">{count.notReadYet}</span>
      </p>
    );
  return (
    <p className="count-figure">
      <span className="count-big" aria-hidden="true">
        ?
      </span>
      <span className="count-unit">
        {count.notKnown}
        {truth.state === "stale" && running ? (
          <>
            <small>{count.lastKnown(format.number(running.deciding))}</small>
            <small>{count.asOf(moment(truth.at))}</small>
          </>
        ) : (
          <small>{count.notZero}</small>
        )}
      </span>
    </p>
  );
}

function Beside() {
  const { count } = useMessages();
  const format = useFormat();
  const moment = useMoment();
  const truth = useLive((live) => live.running);
  if (truth.state === "unknown") return <p className="count-beside">{"\u00a0"}</p>;
  const running = truth.value;
  const tooltip = truth.state === "stale" ? count.asOf(moment(truth.at)) : undefined;
  return (
    <p className="count-beside" title={tooltip} data-testid="count-beside">
      <span title={tooltip ?? count.conductorsTooltip}>{count.conductors(format.number(running.conductors))}</span>
      {running.unclassified > 0 && (
        <Tag tone={truth.state === "known" ? "warn" : "unknown"} tooltip={count.unclassifiedTooltip}>
          {count.unclassified(format.number(running.unclassified))}
        </Tag>
      )}
      <span className="grow" />
      {running.rows > 0 && <Oldest running={running} at={truth.at} />}
    </p>
  );
}

/** Both ends of the age are the platform's: a workstation whose clock is behind must not make an old job look young. */
function Oldest({ running, at }: { running: Running; at: Timestamp }) {
  const { count } = useMessages();
  const format = useFormat();
  const isZoneOpen = useLive(
    ({ zone }) => zone.basis === "unproven" || zone.basis === "bounded" || zone.basis === "contradicted",
  );
  const { oldest_update, platform_time } = running;
  const ageThen = oldest_update === null ? 0 : (platform_time ?? at) - oldest_update;
  const age = useTicking((now) => format.age(ageThen + Math.max(0, now - at)));
  if (oldest_update === null)
    return isZoneOpen ? (
      <span className="muted" title={count.zoneOpenTooltip}>
        {count.zoneOpen}
      </span>
    ) : (
      <span className="muted">{count.noOldest}</span>
    );
  return <span title={format.fullTime(oldest_update)}>{count.oldest(age)}</span>;
}
