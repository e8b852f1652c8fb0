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
  state: "known" | "stale" | "unread";
  /** The oldest of the times that count. */
  at: Timestamp;
}

/** How fresh everything on the screen is: as fresh as its oldest part. */
export function freshness({ modes, running }: Live): Freshness {
  const truths: readonly Truth<unknown>[] = [modes.job_stop, modes.read_only, running];
  const times = truths.flatMap((truth) => (truth.state === "unknown" ? [] : [truth.at]));
  if (times.length === 0) return { state: "unread", at: 0 };
  const isKnown = truths.every((truth) => truth.state === "known");
  return { state: isKnown ? "known" : "stale", at: Math.min(...times) };
}
