import type { ProcedureTitle } from "../../generated/ProcedureTitle";
import type { Messages } from "../../i18n";
import { stepOf } from "./steps";

/** Where a procedure stands, in the few words that fit beside a name. */
export function phaseLine({ phase, holding }: ProcedureTitle, { procedure }: Messages): string {
  const step = stepOf[phase];
  if (step === null) return procedure.phases[phase];
  if (step !== "drain") return procedure.steps[step];
  return holding === null ? procedure.countUnknown : procedure.running(holding);
}
