import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Environment } from "../generated/Environment";
import type { JobView } from "../generated/JobView";
import type { JobWindow } from "../generated/JobWindow";
import type { Live } from "../generated/Live";
import type { Problem } from "../generated/Problem";
import type { Timestamp } from "../generated/Timestamp";
import type { Backend } from "../ipc";
import { toProblem } from "../ipc";
import { clock } from "./clock";
import type { AppState, AppStore } from "./store";

const StoreContext = createContext<AppStore | null>(null);

export function StoreProvider({ store, children }: { store: AppStore; children: ReactNode }) {
  return <StoreContext value={store}>{children}</StoreContext>;
}

export function useStore(): AppStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error("a StoreProvider is missing above this component");
  return store;
}

export function useBackend(): Backend {
  return useStore().backend;
}

/** A part of the state. The selector must return something that is in it, not a new object. */
export function useApp<T>(select: (state: AppState) => T): T {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => select(store.state()));
}

export function useLive<T>(select: (live: Live) => T): T {
  return useApp((state) => select(state.live));
}

/** What `derive` makes of the time, rendered again only when it changes: for the many ages of a list. Derive a primitive. */
export function useTicking<T extends string | number | boolean | null>(derive: (now: Timestamp) => T): T {
  return useSyncExternalStore(clock.subscribe, () => derive(clock.now()));
}

/** Environments in which nothing can be switched until it is allowed on purpose. */
const locked: ReadonlySet<Environment> = new Set(["production", "practice"]);

/** The lock of the open connection, if it has one. It closes by itself the moment its time has run out. */
export function useLock(): "none" | "open" | "closed" {
  const environment = useLive((live) => live.connection?.environment);
  const until = useLive((live) => live.lock_open_until);
  const isOpen = useTicking((now) => until !== null && until > now);
  if (environment === undefined || !locked.has(environment)) return "none";
  return isOpen ? "open" : "closed";
}

export interface JobWindowState {
  /** The newest window that came; null before the first, and again after another connection was opened. */
  window: JobWindow | null;
  /** Why the newest request failed; the last window stays. */
  problem: Problem | null;
}

/**
 * The rows `offset … offset + limit` of a view, asked again when the view, the range or the table's revision changes.
 * `view` must keep its identity while it means the same. Late answers of an older request are dropped.
 */
export function useJobWindow(view: JobView, offset: number, limit: number): JobWindowState {
  const backend = useBackend();
  const revision = useLive((live) => live.revision);
  const generation = useLive((live) => live.generation);
  const [state, setState] = useState<JobWindowState & { generation: number }>({
    window: null,
    problem: null,
    generation,
  });
  const newest = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision means new rows behind the same request
  useEffect(() => {
    newest.current += 1;
    const request = newest.current;
    const isCurrent = () => newest.current === request;
    backend.call("job_window", { view, offset, limit }).then(
      (window) => isCurrent() && setState({ window, problem: null, generation }),
      (rejection: unknown) =>
        isCurrent() &&
        setState((last) => ({
          window: last.generation === generation ? last.window : null,
          problem: toProblem(rejection),
          generation,
        })),
    );
  }, [backend, view, offset, limit, revision, generation]);

  return state.generation === generation ? state : { window: null, problem: null };
}
