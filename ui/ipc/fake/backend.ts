import type { BackgroundProcedure } from "../../generated/BackgroundProcedure";
import type { Connection } from "../../generated/Connection";
import type { EvidenceMoment } from "../../generated/EvidenceMoment";
import type { ImportPreview } from "../../generated/ImportPreview";
import type { JobRow } from "../../generated/JobRow";
import type { JournalEntry } from "../../generated/JournalEntry";
import type { JournalEvent } from "../../generated/JournalEvent";
import type { LeftOnState } from "../../generated/LeftOnState";
import type { Live } from "../../generated/Live";
import type { Phase } from "../../generated/Phase";
import type { Preferences } from "../../generated/Preferences";
import type { Problem } from "../../generated/Problem";
import type { StepResult } from "../../generated/StepResult";
import type { Timestamp } from "../../generated/Timestamp";
import type { Truth } from "../../generated/Truth";
import type { ArgsOf, Backend, CommandName, Commands, EventName, Events, ResultOf } from "../contract";
import { handlers } from "./handlers";
import { teamFile } from "./importing";
import { FakeLevels } from "./logLevels";
import { knownReading, preview } from "./planning";
import { closedLive, defaultPreferences, practiceConnection } from "./samples";
import { World } from "./world";

export type Handlers = {
  [Name in CommandName]: (
    backend: FakeBackend,
    args: Commands[Name]["args"],
  ) => ResultOf<Name> | Promise<ResultOf<Name>>;
};

export interface Call {
  name: CommandName;
  args: unknown;
}

/**
 * A backend in memory, for a browser without the shell and for tests. Nothing happens by itself until `run` is called;
 * tests drive it with `poll`, `setLive`, `failNext` and `hold`.
 */
export class FakeBackend implements Backend {
  readonly calls: Call[] = [];
  readonly world = new World();
  readonly levels = new FakeLevels();
  readonly now: () => Timestamp;
  live: Live = closedLive;
  rows: JobRow[] = [];
  journal: JournalEntry[] = [];
  background: BackgroundProcedure[] = [];
  connections: Connection[] = [];
  /** What the file that is chosen to be imported holds. */
  importFile: ImportPreview = teamFile;
  preferences: Preferences = defaultPreferences;
  leftOn: LeftOnState = { modes: [], unchecked: [], checked_at: null };
  keyring: Problem | null = null;
  /** Lists that the evidence of a procedure lacks. */
  missingLists: EvidenceMoment[] = [];
  /** Whether the person leaves every dialog for a folder without choosing. */
  cancelsDialogs = false;
  problems: Problem[] = [];
  /** While set, every poll fails with it. */
  pollProblem: Problem | null = null;
  /** What `test_connection` answers. */
  testSteps: StepResult[] = [];

  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>();
  readonly #failures = new Map<CommandName, Problem>();
  readonly #holds = new Map<CommandName, Promise<void>>();
  readonly #answers: Partial<Handlers> = {};

  constructor(now: () => Timestamp = Date.now) {
    this.now = now;
  }

  async call<Name extends CommandName>(name: Name, ...[args]: ArgsOf<Name>): Promise<ResultOf<Name>> {
    this.calls.push({ name, args: args ?? null });
    await this.#holds.get(name);
    const failure = this.#failures.get(name);
    if (failure) {
      this.#failures.delete(name);
      throw failure;
    }
    return (this.#answers[name] ?? handlers[name])(this, args ?? null);
  }

  /** From now on this command answers so, instead of as the world would. */
  answer<Name extends CommandName>(
    name: Name,
    answer: (args: Commands[Name]["args"]) => ResultOf<Name> | Promise<ResultOf<Name>>,
  ): void {
    const handler = (_backend: FakeBackend, args: Commands[Name]["args"]) => answer(args);
    Object.assign(this.#answers, { [name]: handler });
  }

  async listen<Name extends EventName>(name: Name, handler: (payload: Events[Name]) => void): Promise<() => void> {
    const handlersOf = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, handlersOf);
    handlersOf.add(handler);
    return () => handlersOf.delete(handler);
  }

  emit<Name extends EventName>(name: Name, payload: Events[Name]): void {
    for (const handler of this.#listeners.get(name) ?? []) (handler as (payload: Events[Name]) => void)(payload);
  }

  setLive(change: Partial<Live>): void {
    this.live = { ...this.live, ...change };
    this.emit("live", this.live);
  }

  setBackground(background: BackgroundProcedure[]): void {
    this.background = background;
    this.emit("background", background);
  }

  setConnections(connections: Connection[]): void {
    this.connections = connections;
    this.emit("connections", connections);
  }

  setLeftOn(leftOn: LeftOnState): void {
    this.leftOn = leftOn;
    this.emit("left_on", leftOn);
  }

  /** The next call of this command rejects. */
  failNext(name: CommandName, problem: Problem): void {
    this.#failures.set(name, problem);
  }

  /** Calls of this command wait until the returned function is called. */
  hold(name: CommandName): () => void {
    let release = () => {};
    this.#holds.set(name, new Promise((resolve) => (release = resolve)));
    return () => {
      this.#holds.delete(name);
      release();
    };
  }

  open(connection: Connection): void {
    const now = this.now();
    if (this.world.jobs.length === 0) this.world.seed(now);
    this.setLive({
      ...closedLive,
      generation: this.live.generation + 1,
      connection,
      is_plain: connection.address.startsWith("http:") && connection.environment !== "practice",
      phase: { phase: "opening" },
      login: { way: "token", fallback: null },
      zone: { basis: "proven", offset_minutes: 540 },
      poll_seconds: connection.poll_seconds ?? 10,
    });
    this.record({ event: "connected", user: connection.user, address: connection.address });
    this.poll();
  }

  openPractice(): void {
    this.open(practiceConnection);
  }

  /** One round of the poller: reads everything, or makes everything stale. */
  poll(): void {
    const now = this.now();
    if (this.pollProblem) {
      this.#failPoll(this.pollProblem, now);
      return;
    }
    this.rows = this.world.read(now);
    const running = this.world.summary(this.rows, now);
    const { job_stop, read_only } = this.world.flags;
    const truth = (value: boolean | null): Truth<boolean> =>
      value === null ? { state: "unknown", problem: null } : { state: "known", value, at: now };
    const modes = { job_stop: truth(job_stop), read_only: truth(read_only) };
    this.setLive({
      phase: this.#phaseAfterAttempt(),
      modes,
      running: { state: "known", value: running, at: now },
      revision: this.live.revision + 1,
      history: [...this.live.history, { at: now, count: running.deciding }].slice(-240),
      banners: preview(this.world.flags),
    });
  }

  #failPoll(problem: Problem, since: Timestamp): void {
    const stale = <T>(truth: Truth<T>): Truth<T> => {
      if (truth.state === "unknown") return { state: "unknown", problem };
      return {
        state: "stale",
        value: truth.value,
        at: truth.at,
        since: truth.state === "stale" ? truth.since : since,
        problem,
      };
    };
    const { modes, running, history } = this.live;
    const next = {
      modes: { job_stop: stale(modes.job_stop), read_only: stale(modes.read_only) },
      running: stale(running),
    };
    this.setLive({
      phase: this.#phaseAfterAttempt(),
      ...next,
      history: [...history, { at: since, count: null }],
      banners: preview(knownReading({ ...this.live, ...next })),
    });
  }

  /** As in the core: open after the first attempt, whether it came through or not. */
  #phaseAfterAttempt(): Phase {
    return this.live.phase.phase === "opening" ? { phase: "open" } : this.live.phase;
  }

  record(event: JournalEvent): void {
    this.journal.unshift({ at: this.now(), workstation_user: "tanaka", ...event });
    this.setLive({ journal_lines: this.live.journal_lines + 1 });
  }

  /** Lets time pass until the returned function is called. */
  run(): () => void {
    let last = this.now();
    const timer = setInterval(() => {
      const now = this.now();
      if (this.live.lock_open_until !== null && this.live.lock_open_until <= now)
        this.setLive({ lock_open_until: null });
      if (this.live.phase.phase !== "open" || now - last < this.live.poll_seconds * 1000) return;
      last = now;
      this.world.step(now);
      this.poll();
    }, 500);
    return () => clearInterval(timer);
  }
}
