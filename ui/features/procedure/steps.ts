import type { Live } from "../../generated/Live";
import type { ProcedurePhase } from "../../generated/ProcedurePhase";
import type { ProcedureView } from "../../generated/ProcedureView";
import type { Format, Messages } from "../../i18n";
import { knownValue } from "../../state";

export type StepKey = "stop" | "drain" | "read_only" | "quiet" | "work" | "reopen";

export interface Step {
  key: StepKey;
  /** True from the live state now. The last three cannot be seen from outside. */
  isDone: boolean;
  /** The first one that is open. */
  isNext: boolean;
  /** Empty where there is nothing to add. */
  hint: string;
  tone?: "warn" | "unknown";
}

type Hint = Pick<Step, "hint" | "tone">;

function modeHint(value: boolean | null, texts: Messages["procedure"], whenOff: string): Hint {
  if (value === null) return { hint: texts.modeUnknown, tone: "unknown" };
  return { hint: value ? texts.modeOn : whenOff };
}

function drainHint({ running, modes }: Live, texts: Messages["procedure"]): Hint {
  const value = knownValue(running);
  if (!value) return { hint: texts.countUnknown, tone: "unknown" };
  const count = value.deciding;
  if (count > 0) {
    if (knownValue(modes.read_only) === true) {
      const hint = knownValue(modes.job_stop) === true ? texts.frozen : texts.frozenAndOpen;
      return { hint, tone: "warn" };
    }
    return { hint: texts.running(count) };
  }
  return { hint: value.conductors > 0 ? texts.drainedButConductors(value.conductors) : texts.drained };
}

/** Where the recommended order stands, seen from the live state alone. Nothing is remembered and nothing is done. */
export function recommendedSteps(live: Live, texts: Messages["procedure"]): Step[] {
  const jobStop = knownValue(live.modes.job_stop);
  const readOnly = knownValue(live.modes.read_only);
  const running = knownValue(live.running);
  const steps: (Hint & { key: StepKey; isDone: boolean })[] = [
    { key: "stop", isDone: jobStop === true, ...modeHint(jobStop, texts, texts.modeOff) },
    {
      key: "drain",
      isDone: jobStop === true && running !== null && running.deciding === 0,
      ...drainHint(live, texts),
    },
    { key: "read_only", isDone: readOnly === true, ...modeHint(readOnly, texts, texts.readOnlyHint) },
    { key: "quiet", isDone: false, hint: texts.quietHint },
    { key: "work", isDone: false, hint: texts.workHint },
    { key: "reopen", isDone: false, hint: texts.reopenHint },
  ];
  const next = steps.findIndex((step) => !step.isDone);
  return steps.map((step, index) => ({ ...step, isNext: index === next }));
}

/** The step that a phase belongs to; null where no procedure is under way. */
export const stepOf: Record<ProcedurePhase, StepKey | null> = {
  not_started: null,
  scheduled: "stop",
  stopping_jobs: "stop",
  draining: "drain",
  point_of_no_return: "read_only",
  going_read_only: "read_only",
  quiet_gate: "quiet",
  work: "work",
  ending_read_only: "reopen",
  checking: "reopen",
  starting_jobs: "reopen",
  watching: "reopen",
  finished: null,
  gave_up: null,
  aborted: null,
};

export function isUnderWay(phase: ProcedurePhase): boolean {
  return stepOf[phase] !== null;
}

const order: readonly StepKey[] = ["stop", "drain", "read_only", "quiet", "work", "reopen"];

/** The steps of a procedure that is under way. What lies before the phase is done: the phase says so, not the flags. */
export function procedureSteps(view: ProcedureView, texts: Messages["procedure"], format: Format): Step[] {
  const step = stepOf[view.phase];
  const current = step === null ? -1 : order.indexOf(step);
  const { jobs_stopped_at: stopped, gate } = view;
  const doneHints: Partial<Record<StepKey, string>> = {
    ...(stopped !== null && { stop: texts.doneAt(format.time(stopped)) }),
    ...(gate.last_zero !== null && { drain: texts.lastZeroAt(format.time(gate.last_zero)) }),
  };
  const laterHints: Partial<Record<StepKey, string>> = {
    read_only: texts.readOnlyHint,
    quiet: texts.quietHint,
    work: texts.workHint,
    reopen: texts.reopenHint,
  };
  return order.map((key, index) => {
    const isDone = index < current;
    const isNext = index === current;
    const hint = isNext ? texts.phases[view.phase] : isDone ? doneHints[key] : laterHints[key];
    return { key, isDone, isNext, hint: hint ?? "" };
  });
}
