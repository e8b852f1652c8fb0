import type { Live } from "../../generated/Live";
import type { Mode } from "../../generated/Mode";
import type { ProcedurePhase } from "../../generated/ProcedurePhase";
import type { ProcedureView } from "../../generated/ProcedureView";
import type { Timestamp } from "../../generated/Timestamp";
import type { Messages } from "../../i18n";
import { isUnderWay, knownValue } from "../../state";
import { SETTLE_MINUTES } from "./acts";

export type StepKey = "stop" | "drain" | "read_only" | "quiet" | "work" | "reopen";

export interface Step {
  key: StepKey;
  /** True from the live state now. The last three cannot be seen from outside. */
  isDone: boolean;
  /** The first one that is open. */
  isNext: boolean;
  /** Empty where there is nothing to add. */
  hint: string;
  /** When the figure in the hint was read. */
  at?: Timestamp;
  tone?: "warn" | "unknown";
}

type Hint = Pick<Step, "hint" | "at" | "tone">;
type Texts = Messages["procedure"];
/** Writes a time as it reads today. */
type Moment = (at: Timestamp) => string;

/** An "off" in doubt is told as the doubt that it is. */
function modeHint({ modes, suspect }: Live, mode: Mode, texts: Texts, whenOff: string): Hint {
  if (suspect[mode] !== null) return { hint: texts.modeSuspect, tone: "unknown" };
  const value = knownValue(modes[mode]);
  if (value === null) return { hint: texts.modeUnknown, tone: "unknown" };
  return { hint: value ? texts.modeOn : whenOff };
}

function drainHint({ running, modes }: Live, texts: Texts): Hint {
  if (running.state !== "known") return { hint: texts.countUnknown, tone: "unknown" };
  const { at, value } = running;
  const count = value.deciding;
  if (count > 0) {
    if (knownValue(modes.read_only) === true) {
      const hint = knownValue(modes.job_stop) === true ? texts.frozen : texts.frozenAndOpen;
      return { hint, tone: "warn" };
    }
    return { hint: texts.running(count), at };
  }
  return { hint: value.conductors > 0 ? texts.drainedButConductors(value.conductors) : texts.drained, at };
}

/** Where the recommended order stands, seen from the live state alone. Nothing is remembered and nothing is done. */
export function recommendedSteps(live: Live, texts: Texts): Step[] {
  const jobStop = knownValue(live.modes.job_stop);
  const readOnly = knownValue(live.modes.read_only);
  const running = knownValue(live.running);
  const steps: (Hint & { key: StepKey; isDone: boolean })[] = [
    { key: "stop", isDone: jobStop === true, ...modeHint(live, "job_stop", texts, texts.modeOff) },
    {
      key: "drain",
      isDone: jobStop === true && running !== null && running.deciding === 0,
      ...drainHint(live, texts),
    },
    { key: "read_only", isDone: readOnly === true, ...modeHint(live, "read_only", texts, texts.readOnlyHint) },
    { key: "quiet", isDone: false, hint: texts.quietHint(SETTLE_MINUTES) },
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

const readsBack: ReadonlySet<ProcedurePhase> = new Set(["stopping_jobs", "ending_read_only", "starting_jobs"]);

/** The phase waits for an answer, and no switch was sent that could bring one: it would wait for ever. */
export function lacksAnswer(view: ProcedureView): boolean {
  return readsBack.has(view.phase) && !view.awaits_answer;
}

/** On the way back, until its checks are done: read-only may be off already, and job stop alone keeps jobs from starting. */
export const keepsJobStop: ReadonlySet<ProcedurePhase> = new Set(["ending_read_only", "checking"]);

const order: readonly StepKey[] = ["stop", "drain", "read_only", "quiet", "work", "reopen"];

/** The steps as they stand: those of the procedure, or the recommended order while there is none. */
export function shownSteps(live: Live, texts: Texts, moment: Moment): Step[] {
  const view = live.procedure;
  if (view === null || view.phase === "not_started") return recommendedSteps(live, texts);
  if (isUnderWay(view.phase) || view.phase === "finished") return procedureSteps(view, live, texts, moment);
  // Ended early, nothing is next before somebody decides; and a single zero proves nothing.
  const isProved = view.zeros >= view.zeros_needed;
  return recommendedSteps(live, texts).map((step) => ({
    ...step,
    isDone: step.isDone && (step.key !== "drain" || isProved),
    isNext: false,
  }));
}

/** What lies before the phase is done: the phase says so. Only a mode that reads off, or a zero never seen, undoes it. */
function procedureSteps(view: ProcedureView, live: Live, texts: Texts, moment: Moment): Step[] {
  const step = stepOf[view.phase];
  const current = step === null ? order.length : order.indexOf(step);
  return order.map((key, index) => {
    if (index === current)
      return { key, isDone: false, isNext: true, hint: lacksAnswer(view) ? "" : texts.phases[view.phase] };
    if (index > current) return { key, isDone: false, isNext: false, hint: laterHint(key, view, texts, moment) };
    const undone = isKept(key, view.phase) ? undoneHint(key, live, texts) : null;
    if (undone) return { key, isDone: false, isNext: false, ...undone };
    if (key === "drain" && view.gate.last_zero === null)
      return { key, isDone: false, isNext: false, hint: texts.zeroNotProved, tone: "warn" };
    return { key, isDone: true, isNext: false, hint: doneHint(key, view, texts, moment) };
  });
}

/** In the last step both modes go off on purpose, but job stop only after its checks. */
function isKept(key: StepKey, phase: ProcedurePhase): boolean {
  return stepOf[phase] === "reopen" ? key === "stop" && keepsJobStop.has(phase) : stepOf[phase] !== null;
}

/** A mode that the procedure has switched on and that reads off now; null where it stands, or where nobody knows. */
function undoneHint(key: StepKey, live: Live, texts: Texts): Hint | null {
  const mode = key === "stop" ? "job_stop" : key === "read_only" ? "read_only" : null;
  if (mode === null || (live.suspect[mode] === null && knownValue(live.modes[mode]) !== false)) return null;
  return { tone: "warn", ...modeHint(live, mode, texts, texts.modeOff) };
}

function doneHint(key: StepKey, view: ProcedureView, texts: Texts, moment: Moment): string {
  const { jobs_stopped_at: stopped, since, gate } = view;
  if (key === "stop" && stopped !== null) return texts.doneAt(moment(stopped));
  if (key === "drain" && gate.last_zero !== null) return texts.zeroAt(moment(gate.last_zero));
  if (key === "read_only" && since !== null && view.phase === "quiet_gate") return texts.doneAt(moment(since));
  if (key === "reopen" && since !== null && view.phase === "finished") return texts.endedAt(moment(since));
  return "";
}

function laterHint(key: StepKey, { options }: ProcedureView, texts: Texts, moment: Moment): string {
  switch (key) {
    case "drain":
      return texts.drainHint;
    case "read_only":
      return texts.readOnlyHint;
    case "quiet":
      return texts.quietHint(options.settle_minutes);
    case "work":
      return options.planned_end === null ? texts.workHint : texts.plannedEndAt(moment(options.planned_end));
    case "reopen":
      return texts.reopenHint;
    default:
      return "";
  }
}
