import type { Live } from "../../generated/Live";
import type { PracticeExercise } from "../../generated/PracticeExercise";
import type { ProcedurePhase } from "../../generated/ProcedurePhase";
import type { Messages } from "../../i18n";

/** Ten times: the count is seen to fall, and the whole way still takes no more than three minutes. */
export const guidedExercise: PracticeExercise = { scenario: "ordinary-night", speed: 10 };

/** What the coach says; the last one is what was learnt. */
export type CoachStep = keyof Messages["practice"]["coach"]["steps"] | "learnt";

/** How many places the way has. */
export const WAY = 8;

export interface Coaching {
  step: CoachStep;
  /** How far along the way, 1 to `WAY`. */
  place: number;
}

const phases: Record<ProcedurePhase, readonly [CoachStep, number]> = {
  not_started: ["start", 2],
  scheduled: ["start", 2],
  stopping_jobs: ["read_back", 2],
  draining: ["drain", 3],
  point_of_no_return: ["read_only", 4],
  going_read_only: ["read_back", 4],
  quiet_gate: ["gate", 5],
  work: ["work", 6],
  ending_read_only: ["read_back", 6],
  checking: ["check", 7],
  starting_jobs: ["read_back", 7],
  watching: ["watch", 8],
  finished: ["learnt", 8],
  gave_up: ["left", 8],
  aborted: ["left", 8],
};

/** Where the guided run stands. It is read from the platform's state alone: who acts otherwise is followed, not held. */
export function coaching({ phase, procedure }: Live, isLocked: boolean): Coaching {
  if (phase.phase !== "open") return { step: "opening", place: 1 };
  const [step, place] = phases[procedure?.phase ?? "not_started"];
  if (step === "start" && isLocked) return { step: "lock", place: 1 };
  if (step === "gate" && procedure?.services_restarted) return { step: "quiet", place };
  return { step, place };
}

/** The automation id (product §12) of what each step talks about; null where there is nothing to act on. */
export const pointsAt: Record<CoachStep, string | null> = {
  opening: null,
  lock: "lock",
  start: "procedure-start",
  read_back: null,
  drain: "running-count",
  read_only: "procedure-read-only",
  gate: "services-restarted",
  quiet: "procedure-begin-work",
  work: "procedure-end-work",
  check: "procedure-next",
  watch: "procedure-stop-watch",
  left: "procedure-start",
  learnt: null,
};
