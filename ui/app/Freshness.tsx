import type { Timestamp } from "../generated/Timestamp";
import { useMessages } from "../i18n";
import { useAge, useMoment } from "../shared";
import { freshness, useLive, useTicking } from "../state";

/** A reading this much older than the poll interval means that the poller has stopped (sleep, a hang). */
const OVERDUE_INTERVALS = 3;
const OVERDUE_SLACK = 30_000;

/** The interval where none was chosen (product §4), seconds. */
const USUAL_INTERVAL = 10;
const BASIC_INTERVAL = 30;

/** How old what the window shows is. */
export function FreshnessText() {
  const { shell } = useMessages();
  const moment = useMoment();
  const phase = useLive((live) => live.phase.phase);
  const state = useLive((live) => freshness(live).state);
  const at = useLive((live) => freshness(live).at);
  const seconds = useLive((live) => live.poll_seconds);

  if (phase === "stopped") return <Dot tone="bad">{shell.stopped}</Dot>;
  const isReading = state === "reading" || state === "unread";
  if (phase === "opening" && isReading) return <Dot tone="busy">{shell.opening}</Dot>;
  switch (state) {
    case "reading":
      return <Dot tone="busy">{shell.reading}</Dot>;
    case "unread":
      return <Dot tone="unknown">{shell.neverRead}</Dot>;
    case "partial":
      return <Dot tone="unknown">{shell.partlyUnknown}</Dot>;
    case "stale":
      return <Dot tone="unknown">{shell.notSince(moment(at))}</Dot>;
    case "known":
      return <Checked at={at} seconds={seconds} />;
  }
}

function Checked({ at, seconds }: { at: Timestamp; seconds: number }) {
  const { shell } = useMessages();
  const isOverdue = useTicking((now) => now - at > seconds * 1000 * OVERDUE_INTERVALS + OVERDUE_SLACK);
  const age = useAge(at);
  const wanted = useLive(
    ({ connection, login }) => connection?.poll_seconds ?? (login?.way === "basic" ? BASIC_INTERVAL : USUAL_INTERVAL),
  );
  return (
    <Dot tone={isOverdue ? "warn" : "ok"} tooltip={shell.pollEvery(seconds)}>
      {seconds > wanted ? shell.checkedEvery(age, seconds) : shell.checkedAgo(age)}
    </Dot>
  );
}

function Dot({ tone, tooltip, children }: { tone: string; tooltip?: string; children: string }) {
  return (
    <span className={`freshness freshness-${tone}`} title={tooltip} data-testid="freshness">
      <i />
      {children}
    </span>
  );
}
