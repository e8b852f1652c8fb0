import type { ProcedureAct } from "../../generated/ProcedureAct";
import type { Messages } from "../../i18n";

/** By which words an act is asked for. */
export type ActKey = keyof Messages["procedure"]["acts"];

/** A confirmation says for which phase it was given: a click that comes late confirms nothing else. */
export function actKey(act: ProcedureAct): ActKey {
  switch (act.act) {
    case "confirm":
      return confirmKey(act.phase);
    case "start":
      return act.options.start_at === null ? "start" : "start_later";
    case "settle_minutes":
    case "planned_end":
    case "give_up_at":
      return "options";
    default:
      return act.act;
  }
}

function confirmKey(phase: Extract<ProcedureAct, { act: "confirm" }>["phase"]): ActKey {
  switch (phase) {
    case "scheduled":
    case "stopping_jobs":
      return "stop_jobs";
    case "quiet_gate":
      return "begin_work";
    case "work":
    case "ending_read_only":
      return "end_read_only";
    case "checking":
    case "starting_jobs":
      return "start_jobs";
    default:
      return "go_read_only";
  }
}

/** Acts that show what they mean before they are done, also where Rust asks for no consent. */
const explained: ReadonlySet<ActKey> = new Set([
  "start",
  "start_later",
  "go_read_only",
  "go_on_by_itself",
  "waive",
  "abort",
]);

export function isExplained(act: ProcedureAct): boolean {
  return explained.has(actKey(act)) && !(act.act === "go_on_by_itself" && !act.on);
}
