import { useCallback, useEffect, useRef, useState } from "react";
import type { LevelChange } from "../../generated/LevelChange";
import type { Live } from "../../generated/Live";
import type { LogLevel } from "../../generated/LogLevel";
import type { LogLevels as KnownLevels } from "../../generated/LogLevels";
import type { Truth } from "../../generated/Truth";
import { lastValue, useLive, useStore } from "../../state";
import { idle, levelFlow, type Newest, type Step } from "./levelFlow";
import { type Draft, type FinishedChange, pending, type Seen, stillWanted } from "./levels";
import { useKept, withoutOutcome } from "./useKept";

export interface LogLevels {
  truth: Truth<KnownLevels>;
  draft: Draft;
  /** What would be sent. */
  changes: readonly LevelChange[];
  /** How many that is; before the levels are known, how many were chosen. */
  unapplied: number;
  step: Step;
  finished: FinishedChange | null;
  seen: Seen;
  refresh: () => void;
  choose: (service: string, to: LogLevel) => void;
  discard: () => void;
  apply: () => void;
  confirm: () => void;
  cancel: () => void;
  openLock: () => void;
  dismiss: () => void;
  /** Those that are known now were seen. */
  see: () => void;
}

const unread: Truth<KnownLevels> = { state: "unknown", problem: null };

/** Whoever switches a mode on the platform's own page overwrites all levels too (platform-contract §4). */
const modesOf = ({ modes }: Live) => `${lastValue(modes.job_stop)} ${lastValue(modes.read_only)}`;

/**
 * The levels of the open connection and what somebody wants of them. They are read when their page is shown, when a mode
 * turns meanwhile, and when asked. What was chosen and not applied stays when the page, or the connection, is left and come
 * back to; so does how a change ended.
 */
export function useLogLevels(isShown: boolean): LogLevels {
  const store = useStore();
  const generation = useLive((live) => live.generation);
  const modes = useLive(modesOf);
  // Development is the only environment that asks for nothing (product §3).
  const asks = useLive((live) => live.connection?.environment !== "development");
  const [newest, setNewest] = useState<Newest>({ generation, truth: unread });
  const [step, setStep] = useState<Step>(idle);
  const [kept, keep] = useKept();
  const current = useRef(generation);
  const truth = newest.generation === generation ? newest.truth : unread;
  const known = lastValue(truth);
  const services = known?.services ?? [];
  const changes = pending(services, kept.draft);
  const flow = levelFlow({ backend: store.backend, current, setNewest, setStep, keep });

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are the occasions to read, for each connection
  useEffect(() => {
    if (current.current !== generation) {
      current.current = generation;
      setStep(idle);
    }
    if (isShown) void flow.read();
  }, [isShown, generation, modes]);

  // Kept, for an alert that leaves by itself counts from when it was given this.
  const dismiss = useCallback(() => keep(withoutOutcome), [keep]);

  return {
    truth,
    draft: kept.draft,
    changes,
    unapplied: known ? changes.length : kept.draft.size,
    step,
    finished: kept.finished,
    seen: kept.seen,
    refresh: () => {
      if (step.step === "idle") void flow.read();
    },
    choose: (service, to) => keep(({ draft }) => ({ draft: stillWanted(services, new Map(draft).set(service, to)) })),
    discard: () => keep(() => ({ draft: new Map() })),
    apply: () => {
      if (step.step === "confirming" || step.step === "applying" || changes.length === 0) return;
      if (asks) setStep({ step: "confirming", changes });
      else void flow.send(changes, { agreed: false, typed_name: null });
    },
    confirm: () => {
      if (step.step === "confirming") void flow.send(step.changes, { agreed: true, typed_name: null });
    },
    cancel: () => setStep(idle),
    openLock: () => void store.run(() => store.backend.call("open_lock")),
    dismiss,
    see: () => keep(() => ({ seen: new Map(known?.elsewhere.map(({ service, at }) => [service, at])) })),
  };
}
