import type { BackgroundProcedure } from "../generated/BackgroundProcedure";
import type { Connection } from "../generated/Connection";
import type { ConnectionId } from "../generated/ConnectionId";
import type { LeftOnState } from "../generated/LeftOnState";
import type { Live } from "../generated/Live";
import type { PracticeExercise } from "../generated/PracticeExercise";
import type { Preferences } from "../generated/Preferences";
import type { Problem } from "../generated/Problem";
import type { QuitAnswer } from "../generated/QuitAnswer";
import type { QuitReason } from "../generated/QuitReason";
import type { Backend } from "../ipc";
import { toProblem } from "../ipc";

/** What the whole window shares. Job rows are not in it: they are asked for by window (see `useJobWindow`). */
export interface AppState {
  readonly version: string;
  /** Path of the program's log. */
  readonly logFile: string;
  readonly live: Live;
  readonly connections: readonly Connection[];
  /** Procedures that go on while another connection is on the screen. */
  readonly background: readonly BackgroundProcedure[];
  /** Why the end of the program would not be without consequence; null: nobody wants to end it. */
  readonly quit: readonly QuitReason[] | null;
  readonly preferences: Preferences;
  /** What was left on in saved connections that are not open. */
  readonly leftOn: LeftOnState;
  /** Why no keyring can be reached. */
  readonly keyring: Problem | null;
  /** What was wrong when the program started, until dismissed. */
  readonly problems: readonly Problem[];
  /** Why the last command failed, until dismissed or the next one that somebody gave succeeds. */
  readonly failure: Problem | null;
}

/**
 * The one external store. Its content is what Rust last said; nothing is guessed ahead of an answer, so a switch never
 * looks done before the platform confirmed it.
 */
export class AppStore {
  readonly backend: Backend;
  #state: AppState;
  readonly #listeners = new Set<() => void>();

  private constructor(backend: Backend, state: AppState) {
    this.backend = backend;
    this.#state = state;
  }

  /** Listens first and asks second, so that no event between the two is lost. */
  static async open(backend: Backend): Promise<AppStore> {
    let store: AppStore | undefined;
    let early: Partial<AppState> = {};
    const take = (change: Partial<AppState>) => {
      if (store) store.#set(change);
      else early = { ...early, ...change };
    };
    await backend.listen("live", (live) => take({ live }));
    await backend.listen("connections", (connections) => take({ connections }));
    await backend.listen("left_on", (leftOn) => take({ leftOn }));
    await backend.listen("background", (background) => take({ background }));
    await backend.listen("quit_asked", (quit) => take({ quit }));
    const start = await backend.call("start_state");
    const { log_file: logFile, left_on: leftOn, ...shared } = start;
    store = new AppStore(backend, { ...shared, logFile, leftOn, keyring: null, failure: null, quit: null, ...early });
    // Not waited for: a keyring may ask its user first, and the window must be there meanwhile.
    void store.retryKeyring();
    return store;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): AppState => this.#state;

  /** Saves at once and shows at once: preferences are this window's own, the platform has no say in them. */
  changePreferences(change: Partial<Preferences>): void {
    const preferences = { ...this.#state.preferences, ...change };
    this.#set({ preferences });
    void this.run(() => this.backend.call("save_preferences", { preferences }), { isAct: false });
  }

  /** As the shell has done by itself when a connection was opened. */
  rememberOpened(last_connection: ConnectionId): void {
    const { preferences } = this.#state;
    if (preferences.last_connection !== last_connection)
      this.#set({ preferences: { ...preferences, last_connection } });
    if (!preferences.welcomed) this.changePreferences({ welcomed: true });
  }

  /** As the shell has done by itself when the practice platform was started. */
  rememberExercise(practice: PracticeExercise): void {
    this.#set({ preferences: { ...this.#state.preferences, practice } });
  }

  /** The answer to the question before the program ends. The question stands until the answer has arrived. */
  async answerQuit(answer: QuitAnswer): Promise<void> {
    await this.run(() => this.backend.call("answer_quit", { answer }));
    this.#set({ quit: null });
  }

  async retryKeyring(): Promise<void> {
    await this.run(async () => this.#set({ keyring: await this.backend.call("retry_keyring") }));
  }

  /**
   * Runs a command whose failure belongs into the window's alert area. Answers undefined when it failed. What the window does
   * by itself is no act: its success must not take away a failure that nobody has read yet.
   */
  async run<T>(command: () => Promise<T>, { isAct = true } = {}): Promise<T | undefined> {
    try {
      const result = await command();
      if (isAct && this.#state.failure) this.#set({ failure: null });
      return result;
    } catch (rejection) {
      this.#set({ failure: toProblem(rejection) });
      return undefined;
    }
  }

  dismissProblem(dismissed: Problem): void {
    this.#set({ problems: this.#state.problems.filter((problem) => problem !== dismissed) });
  }

  dismissFailure(): void {
    this.#set({ failure: null });
  }

  #set(change: Partial<AppState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
