import type { ActPlan } from "../generated/ActPlan";
import type { Address } from "../generated/Address";
import type { BackgroundProcedure } from "../generated/BackgroundProcedure";
import type { Connection } from "../generated/Connection";
import type { ConnectionDraft } from "../generated/ConnectionDraft";
import type { ConnectionId } from "../generated/ConnectionId";
import type { ConnectionsExport } from "../generated/ConnectionsExport";
import type { Consent } from "../generated/Consent";
import type { EvidenceResult } from "../generated/EvidenceResult";
import type { ExportProgress } from "../generated/ExportProgress";
import type { ExportRequest } from "../generated/ExportRequest";
import type { ExportResult } from "../generated/ExportResult";
import type { Facets } from "../generated/Facets";
import type { ImportPreview } from "../generated/ImportPreview";
import type { JobView } from "../generated/JobView";
import type { JobWindow } from "../generated/JobWindow";
import type { JournalEntry } from "../generated/JournalEntry";
import type { JournalKind } from "../generated/JournalKind";
import type { Language } from "../generated/Language";
import type { LeftOnState } from "../generated/LeftOnState";
import type { LevelChange } from "../generated/LevelChange";
import type { Live } from "../generated/Live";
import type { LogLevels } from "../generated/LogLevels";
import type { LogLevelsOutcome } from "../generated/LogLevelsOutcome";
import type { Mode } from "../generated/Mode";
import type { PracticeExercise } from "../generated/PracticeExercise";
import type { Preferences } from "../generated/Preferences";
import type { Problem } from "../generated/Problem";
import type { ProcedureAct } from "../generated/ProcedureAct";
import type { QuitAnswer } from "../generated/QuitAnswer";
import type { QuitReason } from "../generated/QuitReason";
import type { StartState } from "../generated/StartState";
import type { StepResult } from "../generated/StepResult";
import type { SwitchOutcome } from "../generated/SwitchOutcome";
import type { SwitchPlan } from "../generated/SwitchPlan";
import type { TestStep } from "../generated/TestStep";
import type { Truth } from "../generated/Truth";

/** Every command of the shell: its arguments as one object (null: none) and what it answers. */
export interface Commands {
  // observe
  start_state: { args: null; result: StartState };
  job_window: { args: { view: JobView; offset: number; limit: number }; result: JobWindow };
  job_facets: { args: { language: Language }; result: Facets };
  journal_entries: { args: { limit: number; kind: JournalKind | null }; result: JournalEntry[] };
  log_levels: { args: null; result: Truth<LogLevels> };
  window_visibility: { args: { visible: boolean }; result: null };
  window_language: { args: { language: Language }; result: null };
  // operate
  connect: { args: { id: ConnectionId; password: string | null }; result: null };
  disconnect: { args: null; result: null };
  refresh: { args: null; result: null };
  open_lock: { args: null; result: null };
  close_lock: { args: null; result: null };
  plan_switch: { args: { mode: Mode; on: boolean }; result: SwitchPlan };
  switch_mode: { args: { mode: Mode; on: boolean; consent: Consent }; result: SwitchOutcome };
  change_log_levels: { args: { changes: LevelChange[]; consent: Consent }; result: LogLevelsOutcome };
  plan_procedure_act: { args: { act: ProcedureAct }; result: ActPlan };
  procedure_act: { args: { act: ProcedureAct; consent: Consent }; result: null };
  take_over_procedure: { args: null; result: null };
  dismiss_notice: { args: { id: number }; result: null };
  dismiss_left_on: { args: { id: ConnectionId }; result: null };
  answer_quit: { args: { answer: QuitAnswer }; result: null };
  // manage
  connect_practice: { args: { exercise: PracticeExercise | null }; result: null };
  check_address: { args: { typed: string }; result: Address };
  save_connection: { args: { draft: ConnectionDraft; password: string | null }; result: Connection };
  delete_connection: { args: { id: ConnectionId }; result: null };
  /** `test` is the number under which its steps are told. */
  test_connection: { args: { test: number; draft: ConnectionDraft; password: string | null }; result: StepResult[] };
  cancel_test: { args: null; result: null };
  save_preferences: { args: { preferences: Preferences }; result: null };
  retry_keyring: { args: null; result: Problem | null };
  export_connections: { args: null; result: ConnectionsExport | null };
  choose_import: { args: null; result: ImportPreview | null };
  import_connections: { args: { chosen: ConnectionId[] }; result: Connection[] };
  // export
  export_jobs: { args: { request: ExportRequest; chooseTarget: boolean }; result: ExportResult | null };
  export_evidence: { args: { language: Language; chooseTarget: boolean }; result: EvidenceResult | null };
  cancel_export: { args: null; result: null };
  choose_export_folder: { args: null; result: string | null };
}

/** The steps of the connection test in the order in which they run. */
export const testSteps = [
  "address",
  "name_resolution",
  "reach",
  "tls",
  "site",
  "login",
  "read_modes",
  "read_jobs",
  "clock",
] as const satisfies readonly TestStep[];

/** What the shell tells by itself; a payload replaces what was known before. */
export interface Events {
  live: Live;
  background: BackgroundProcedure[];
  test_step: StepResult;
  export_progress: ExportProgress;
  connections: Connection[];
  left_on: LeftOnState;
  quit_asked: QuitReason[];
}

export type CommandName = keyof Commands;
export type EventName = keyof Events;
export type ResultOf<Name extends CommandName> = Commands[Name]["result"];
/** The rest parameters of a call: nothing where the command takes nothing. */
export type ArgsOf<Name extends CommandName> = Commands[Name]["args"] extends null
  ? []
  : [args: Commands[Name]["args"]];

/** The permission set that grants each command; the shell's permission files say the same. */
export const commandRoles = {
  start_state: "observe",
  job_window: "observe",
  job_facets: "observe",
  journal_entries: "observe",
  log_levels: "observe",
  window_visibility: "observe",
  window_language: "observe",
  connect: "operate",
  disconnect: "operate",
  refresh: "operate",
  open_lock: "operate",
  close_lock: "operate",
  plan_switch: "operate",
  switch_mode: "operate",
  change_log_levels: "operate",
  plan_procedure_act: "operate",
  procedure_act: "operate",
  take_over_procedure: "operate",
  dismiss_notice: "operate",
  dismiss_left_on: "operate",
  answer_quit: "operate",
  connect_practice: "manage",
  check_address: "manage",
  save_connection: "manage",
  delete_connection: "manage",
  test_connection: "manage",
  cancel_test: "manage",
  save_preferences: "manage",
  retry_keyring: "manage",
  export_connections: "manage",
  choose_import: "manage",
  import_connections: "manage",
  export_jobs: "export",
  export_evidence: "export",
  cancel_export: "export",
  choose_export_folder: "export",
} as const satisfies Record<CommandName, "observe" | "operate" | "manage" | "export">;

/** The way to the Rust side. A rejected call always rejects with a `Problem`. */
export interface Backend {
  call<Name extends CommandName>(name: Name, ...args: ArgsOf<Name>): Promise<ResultOf<Name>>;
  /** Returns the function that stops listening. Resolves once events cannot be missed any more. */
  listen<Name extends EventName>(name: Name, handler: (payload: Events[Name]) => void): Promise<() => void>;
}
