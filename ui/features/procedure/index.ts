export { ProcedureCard } from "./ProcedureCard";
export { isProcedureAlarm, ProcedureNoticeAlert } from "./ProcedureNoticeAlert";
export { phaseLine } from "./phaseLine";
export { useProcedureTitle } from "./useProcedureTitle";
