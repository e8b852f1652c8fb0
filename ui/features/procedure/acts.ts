import type { Live } from "../../generated/Live";
import type { ProcedureAct } from "../../generated/ProcedureAct";
import type { Messages } from "../../i18n";
import { knownValue } from "../../state";

/** The settling time that is offered first (platform-contract §9). */
export const SETTLE_MINUTES = 90;

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
      return "start_sooner";
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
  "start_sooner",
  "go_read_only",
  "go_on_by_itself",
  "waive",
  "abort",
]);

export function isExplained(act: ProcedureAct): boolean {
  return explained.has(actKey(act)) && !(act.act === "go_on_by_itself" && !act.on);
}

/** What an act will do, sentence by sentence: by what was chosen with it and by what is known now. */
export function whatHappens(act: ProcedureAct, live: Live, texts: Messages["procedure"]): string[] {
  const key = actKey(act);
  const what = [...texts.acts[key].what];
  switch (key) {
    case "start":
    case "start_later":
    case "start_sooner": {
      const options = act.act === "start" ? act.options : live.procedure?.options;
      if (!options?.go_on_by_itself) return [...what, texts.thenWaits];
      // A planned start has said already that its permission stays.
      const kept = key === "start_later" ? [] : texts.acts.go_on_by_itself.what;
      return [...what, texts.thenGoesOn, ...texts.automatic, ...kept];
    }
    case "go_on_by_itself":
      return [...texts.automatic, ...what];
    case "switch_off":
    case "end_read_only":
    case "reopen": {
      const isStopped = live.suspect.job_stop === null ? knownValue(live.modes.job_stop) : null;
      return [...what, texts.jobStopIs[isStopped === null ? "unknown" : isStopped ? "on" : "off"]];
    }
    default:
      return what;
  }
}
