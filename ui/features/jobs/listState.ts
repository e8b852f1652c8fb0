import type { Live } from "../../generated/Live";
import type { Problem } from "../../generated/Problem";
import type { Running } from "../../generated/Running";
import type { Timestamp } from "../../generated/Timestamp";

/** What is known of the list as a whole (product §2). Only `known` may say "none". */
export type ListState =
  | { kind: "closed" }
  | { kind: "loading" }
  | { kind: "unknown"; problem: Problem }
  | { kind: "stale"; running: Running; at: Timestamp; problem: Problem }
  | { kind: "known"; running: Running; at: Timestamp };

export function listState({ connection, phase, running }: Pick<Live, "connection" | "phase" | "running">): ListState {
  if (!connection || phase.phase === "closed") return { kind: "closed" };
  const stopped = phase.phase === "stopped" ? phase.problem : null;
  switch (running.state) {
    case "known":
      // A stopped connection asks no more: its last list is no longer what runs.
      if (stopped) return { kind: "stale", running: running.value, at: running.at, problem: stopped };
      return { kind: "known", running: running.value, at: running.at };
    case "stale":
      return { kind: "stale", running: running.value, at: running.at, problem: stopped ?? running.problem };
    case "unknown": {
      const problem = running.problem ?? stopped;
      return problem ? { kind: "unknown", problem } : { kind: "loading" };
    }
  }
}
