export { ProcedureCard } from "./ProcedureCard";
