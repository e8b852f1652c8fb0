import type { ProcedurePhase } from "../generated/ProcedurePhase";

const over: ReadonlySet<ProcedurePhase> = new Set(["not_started", "finished", "gave_up", "aborted"]);

/** A procedure is under way, its planned start included. */
export function isUnderWay(phase: ProcedurePhase): boolean {
  return !over.has(phase);
}
