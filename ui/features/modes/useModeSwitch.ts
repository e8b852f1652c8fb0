import { useCallback, useEffect, useRef, useState } from "react";
import type { Consent } from "../../generated/Consent";
import type { Mode } from "../../generated/Mode";
import { knownValue, useLive, useStore } from "../../state";
import { type FinishedSwitch, type Step, switchFlow } from "./switchFlow";
import { useReplanning } from "./useReplanning";

export type { FinishedSwitch, Step } from "./switchFlow";

export interface ModeSwitch {
  step: Step;
  /** The last one that ended, until dismissed or the next begins. */
  finished: FinishedSwitch | null;
  /** A click on the switch: turns a known value round, and asks for the direction where it is stale, unknown or suspect. */
  request: (mode: Mode) => void;
  /** Asks Rust what it would do and which confirmation it needs. */
  plan: (mode: Mode, on: boolean) => void;
  confirm: (consent: Consent) => void;
  cancel: () => void;
  openLock: () => void;
  dismiss: () => void;
}

/**
 * The way of one switch from click to outcome. It never touches the shown state: that is what the platform says.
 */
export function useModeSwitch(): ModeSwitch {
  const store = useStore();
  const generation = useLive((live) => live.generation);
  const [step, setStep] = useState<Step>({ step: "idle" });
  const [finished, setFinished] = useState<FinishedSwitch | null>(null);
  const isBusy = useRef(false);
  const current = useRef(generation);
  const flow = switchFlow({ store, current, isBusy, setStep, setFinished });

  useReplanning(step, setStep);

  useEffect(() => {
    if (current.current === generation) return;
    current.current = generation;
    isBusy.current = false;
    setStep({ step: "idle" });
    setFinished(null);
  }, [generation]);

  const cancel = useCallback(() => setStep({ step: "idle" }), []);
  const dismiss = useCallback(() => setFinished(null), []);

  return {
    step,
    finished,
    plan: flow.plan,
    cancel,
    dismiss,
    request: (mode) => {
      if (isBusy.current) return;
      const { modes, suspect } = store.state().live;
      const known = knownValue(modes[mode]);
      if (known === null || suspect[mode] !== null) setStep({ step: "choosing", mode });
      else void flow.plan(mode, !known);
    },
    confirm: (consent) => {
      if (step.step === "confirming" && !isBusy.current) void flow.send(step.plan.mode, step.plan.on, consent);
    },
    openLock: () => void store.run(() => store.backend.call("open_lock")),
  };
}
