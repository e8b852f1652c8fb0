import { useEffect, useRef, useState } from "react";
import type { ChangedLevel } from "../../generated/ChangedLevel";
import type { Consent } from "../../generated/Consent";
import type { LevelChange } from "../../generated/LevelChange";
import type { LogLevel } from "../../generated/LogLevel";
import type { Problem } from "../../generated/Problem";
import type { ServiceLevel } from "../../generated/ServiceLevel";
import type { Timestamp } from "../../generated/Timestamp";
import type { Truth } from "../../generated/Truth";
import { toProblem } from "../../ipc";
import { lastValue, useLive, useLock, useStore } from "../../state";
import { type Draft, pending, withoutReached } from "./levels";

export type Step =
  | { step: "idle" }
  | { step: "reading" }
  | { step: "confirming"; changes: readonly LevelChange[] }
  | { step: "applying" };

/** How the last change ended. Without services it was rejected before anything was sent. */
export interface FinishedChange {
  services: readonly ChangedLevel[];
  problem: Problem | null;
  at: Timestamp;
}

export interface LogLevels {
  truth: Truth<ServiceLevel[]>;
  draft: Draft;
  /** What would be sent. */
  changes: readonly LevelChange[];
  /** How many that is; before the levels are known, how many were chosen. */
  unapplied: number;
  step: Step;
  finished: FinishedChange | null;
  refresh: () => void;
  choose: (service: string, to: LogLevel) => void;
  discard: () => void;
  apply: () => void;
  confirm: () => void;
  cancel: () => void;
  openLock: () => void;
  dismiss: () => void;
}

const unread: Truth<ServiceLevel[]> = { state: "unknown", problem: null };
const idle: Step = { step: "idle" };
const noDraft: Draft = new Map();

/**
 * The levels of the open connection and what somebody wants of them. They are read when their page is shown, and when
 * asked. What was chosen and not applied stays when the page, or the connection, is left and come back to.
 */
export function useLogLevels(isShown: boolean): LogLevels {
  const store = useStore();
  const generation = useLive((live) => live.generation);
  const isLocked = useLock() === "closed";
  const [newest, setNewest] = useState({ generation, truth: unread });
  const [step, setStep] = useState<Step>(idle);
  const [finished, setFinished] = useState<FinishedChange | null>(null);
  const [draft, setDraft] = useDraft();
  const current = useRef(generation);
  const truth = newest.generation === generation ? newest.truth : unread;
  const levels = lastValue(truth);
  const changes = pending(levels ?? [], draft);

  const take = (found: Truth<ServiceLevel[]>) => {
    setNewest({ generation: current.current, truth: found });
    const value = lastValue(found);
    if (value) setDraft((last) => withoutReached(value, last));
  };

  const read = async () => {
    const askedFor = current.current;
    // Come back to while a change is on its way, the page goes on saying so.
    setStep((last) => (last.step === "applying" ? last : { step: "reading" }));
    const read = await store.backend
      .call("log_levels")
      .catch((e: unknown): typeof unread => ({ state: "unknown", problem: toProblem(e) }));
    if (current.current !== askedFor) return;
    take(read);
    setStep((last) => (last.step === "reading" ? idle : last));
  };

  const send = async (wanted: readonly LevelChange[], consent: Consent) => {
    const sentFor = current.current;
    setStep({ step: "applying" });
    setFinished(null);
    try {
      const outcome = await store.backend.call("change_log_levels", { changes: [...wanted], consent });
      if (current.current !== sentFor) return;
      take(outcome.levels);
      setFinished({ ...outcome, at: Date.now() });
      setStep(idle);
    } catch (rejection) {
      if (current.current !== sentFor) return;
      const problem = toProblem(rejection);
      // Nothing was sent: the core asks first.
      if (problem.code === "confirmation_needed" || problem.code === "lock_closed")
        setStep({ step: "confirming", changes: wanted });
      else {
        setFinished({ services: [], problem, at: Date.now() });
        setStep(idle);
      }
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: read when the page is shown, for each connection
  useEffect(() => {
    if (current.current !== generation) {
      current.current = generation;
      setStep(idle);
      setFinished(null);
    }
    if (isShown) void read();
  }, [isShown, generation]);

  return {
    truth,
    draft,
    changes,
    unapplied: levels ? changes.length : draft.size,
    step,
    finished,
    refresh: () => {
      if (step.step === "idle") void read();
    },
    choose: (service, to) => setDraft((last) => withoutReached(levels ?? [], new Map(last).set(service, to))),
    discard: () => setDraft(() => noDraft),
    apply: () => {
      if (step.step !== "idle" || changes.length === 0) return;
      if (isLocked) setStep({ step: "confirming", changes });
      else void send(changes, { agreed: false, typed_name: null });
    },
    confirm: () => {
      if (step.step === "confirming") void send(step.changes, { agreed: true, typed_name: null });
    },
    cancel: () => setStep(idle),
    openLock: () => void store.run(() => store.backend.call("open_lock")),
    dismiss: () => setFinished(null),
  };
}

/** Of each connection by itself: what was meant for one is never sent to another. */
function useDraft(): [Draft, (change: (last: Draft) => Draft) => void] {
  const place = useLive(({ connection }) => (connection ? `${connection.id} ${connection.address}` : ""));
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  const set = (change: (last: Draft) => Draft) =>
    setDrafts((last) => new Map(last).set(place, change(last.get(place) ?? noDraft)));
  return [drafts.get(place) ?? noDraft, set];
}
