import type { ProcedureView } from "../../generated/ProcedureView";
import type { QuietGate } from "../../generated/QuietGate";
import type { Format, Messages } from "../../i18n";

type Texts = Messages["procedure"];

export interface Condition {
  key: string;
  state: "met" | "waiting" | "alarm" | "unknown";
  text: string;
  /** A container that can be waived. */
  container?: string;
}

/** What the drain waits for, one by one. While job stop may be off, nobody knows what has started. */
export function drainConditions(view: ProcedureView, texts: Texts, isStopSuspect: boolean): Condition[] {
  const isDrained = view.zeros >= view.zeros_needed;
  const zeros: Condition = {
    key: "zeros",
    state: isDrained ? "met" : view.holding === null ? "unknown" : "waiting",
    text: texts.zeros(view.zeros, view.zeros_needed),
  };
  const containers = view.unclassified.map<Condition>((container) => ({
    key: `unclassified ${container}`,
    state: "alarm",
    text: texts.unclassified(container),
    container,
  }));
  return [zeros, running(view, texts), list(view.gate, texts), newAfterStop(view, texts, isStopSuspect), ...containers];
}

function running({ holding }: ProcedureView, texts: Texts): Condition {
  const key = "running";
  if (holding === null) return { key, state: "unknown", text: texts.countUnknown };
  if (holding > 0) return { key, state: "waiting", text: texts.running(holding) };
  return { key, state: "met", text: texts.noneRunning };
}

function list(gate: QuietGate, texts: Texts): Condition {
  return gate.list_is_complete
    ? { key: "list", state: "met", text: texts.listComplete }
    : { key: "list", state: "unknown", text: texts.listIncomplete };
}

/** The view lists what is new first, so that those it leaves out are not new unless all it shows are. */
function newAfterStop({ holding, remaining }: ProcedureView, texts: Texts, isStopSuspect: boolean): Condition {
  const count = remaining.filter((job) => job.kind === "new_after_stop").length;
  if (count > 0) return { key: "new", state: "alarm", text: texts.newAfterStop(count) };
  if (holding === null || isStopSuspect) return { key: "new", state: "unknown", text: texts.newUnknown };
  return { key: "new", state: "met", text: texts.noneNew };
}

/** The quiet gate, one by one: "quiet" is all of them. */
export function gateConditions(view: ProcedureView, texts: Texts, format: Format): Condition[] {
  const { gate } = view;
  return [
    running(view, texts),
    list(gate, texts),
    gate.read_only_is_on
      ? { key: "read_only", state: "met", text: texts.readOnlyIsOn }
      : { key: "read_only", state: "unknown", text: texts.readOnlyNotOn },
    gate.has_settled
      ? { key: "settled", state: "met", text: texts.settled }
      : { key: "settled", state: "waiting", text: texts.settling(format.countdown(gate.remaining_ms)) },
  ];
}

export function isQuiet(gate: QuietGate): boolean {
  return gate.count_is_zero && gate.list_is_complete && gate.read_only_is_on && gate.has_settled;
}
