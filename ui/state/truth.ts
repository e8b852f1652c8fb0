import type { Live } from "../generated/Live";
import type { ProblemCode } from "../generated/ProblemCode";
import type { Timestamp } from "../generated/Timestamp";
import type { Truth } from "../generated/Truth";

/** The newest value there is, known or stale; null when there is none. */
export function lastValue<T>(truth: Truth<T>): T | null {
  return truth.state === "unknown" ? null : truth.value;
}

/** The value, only while it is known. */
export function knownValue<T>(truth: Truth<T>): T | null {
  return truth.state === "known" ? truth.value : null;
}

/** Codes of answers that came and were no truth: after them the last value is history, not something to go by. */
const contradicted: ReadonlySet<ProblemCode> = new Set([
  "error_in_disguise",
  "incomplete_answer",
  "unreadable_answer",
  "answer_too_large",
  "flag_missing",
]);

/**
 * How a truth is shown. A poll that did not come through leaves the last value standing, marked stale; an answer that
 * was an error in disguise makes it unknown, with the last value beside it (product §2).
 */
export function shownAs(truth: Truth<unknown>): "known" | "stale" | "unknown" {
  if (truth.state === "stale" && contradicted.has(truth.problem.code)) return "unknown";
  return truth.state;
}

export interface Freshness {
  /** `reading`: a part was not asked for yet. `partial`: a part was never known. `unread`: none was, and one has failed. */
  state: "known" | "stale" | "reading" | "partial" | "unread";
  /** The oldest of the times that there are; 0 without any. */
  at: Timestamp;
}

/** How fresh everything on the screen is: as fresh as its oldest part. A part without a time lends none from the others. */
export function freshness({ modes, running }: Live): Freshness {
  const truths: readonly Truth<unknown>[] = [modes.job_stop, modes.read_only, running];
  const missing = truths.filter((truth) => truth.state === "unknown");
  const times = truths.flatMap((truth) => (truth.state === "unknown" ? [] : [truth.at]));
  const at = times.length === 0 ? 0 : Math.min(...times);
  if (truths.some(({ state }) => state === "stale")) return { state: "stale", at };
  if (missing.length === 0) return { state: "known", at };
  if (missing.every(({ problem }) => problem === null)) return { state: "reading", at };
  return { state: times.length === 0 ? "unread" : "partial", at };
}
