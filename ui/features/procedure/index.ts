export { ProcedureCard } from "./ProcedureCard";
export { isProcedureAlarm, ProcedureNoticeAlert } from "./ProcedureNoticeAlert";
export { useProcedureTitle } from "./useProcedureTitle";
