import type { Timestamp } from "../generated/Timestamp";
import { useFormat, useMessages } from "../i18n";
import { useAge } from "../shared";
import { freshness, useLive, useTicking } from "../state";

/** A reading this much older than the poll interval means that the poller has stopped (sleep, a hang). */
const OVERDUE_INTERVALS = 3;
const OVERDUE_SLACK = 30_000;

/** The longer of the two intervals that are usual where none was chosen (product §4), seconds. */
const LONGEST_DEFAULT = 30;

/** How old what the window shows is. */
export function FreshnessText() {
  const { shell } = useMessages();
  const format = useFormat();
  const phase = useLive((live) => live.phase.phase);
  const state = useLive((live) => freshness(live).state);
  const at = useLive((live) => freshness(live).at);
  const seconds = useLive((live) => live.poll_seconds);

  if (phase === "stopped") return <Dot tone="bad">{shell.stopped}</Dot>;
  if (phase === "opening" && state === "unread") return <Dot tone="busy">{shell.opening}</Dot>;
  if (state === "unread") return <Dot tone="unknown">{shell.neverRead}</Dot>;
  if (state === "stale") return <Dot tone="unknown">{shell.notSince(format.time(at))}</Dot>;
  return <Checked at={at} seconds={seconds} />;
}

function Checked({ at, seconds }: { at: Timestamp; seconds: number }) {
  const { shell } = useMessages();
  const isOverdue = useTicking((now) => now - at > seconds * 1000 * OVERDUE_INTERVALS + OVERDUE_SLACK);
  const age = useAge(at);
  const wanted = useLive((live) => live.connection?.poll_seconds ?? LONGEST_DEFAULT);
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
