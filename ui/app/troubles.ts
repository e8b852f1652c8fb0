import type { Live } from "../generated/Live";
import type { Mode } from "../generated/Mode";
import type { Problem } from "../generated/Problem";
import type { Timestamp } from "../generated/Timestamp";
import type { Truth } from "../generated/Truth";

export interface Trouble {
  problem: Problem;
  about: "everything" | "count" | "modes" | Mode;
  /** Since when; null where nothing was ever known. */
  since: Timestamp | null;
}

/** Why something on the screen is not known, one entry a cause. */
export function troubles({ modes, running }: Live): Trouble[] {
  const truths: readonly [Mode | "count", Truth<unknown>][] = [
    ["job_stop", modes.job_stop],
    ["read_only", modes.read_only],
    ["count", running],
  ];
  const causes = new Map<string, { problem: Problem; parts: (Mode | "count")[]; since: Timestamp | null }>();
  for (const [part, truth] of truths) {
    if (truth.state === "known" || truth.problem === null) continue;
    const since = truth.state === "stale" ? truth.since : null;
    const known = causes.get(truth.problem.code);
    if (known) known.parts.push(part);
    else causes.set(truth.problem.code, { problem: truth.problem, parts: [part], since });
  }
  return [...causes.values()].map(({ problem, parts, since }) => ({ problem, since, about: about(parts) }));
}

function about(parts: readonly (Mode | "count")[]): Trouble["about"] {
  if (parts.length > 1) return parts.includes("count") ? "everything" : "modes";
  return parts[0] ?? "everything";
}
