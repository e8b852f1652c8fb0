import { useCallback, useEffect, useRef, useState } from "react";
import type { Consent } from "../../generated/Consent";
import type { Mode } from "../../generated/Mode";
import type { Problem } from "../../generated/Problem";
import type { SwitchOutcome } from "../../generated/SwitchOutcome";
import type { SwitchPlan } from "../../generated/SwitchPlan";
import type { Timestamp } from "../../generated/Timestamp";
import { toProblem } from "../../ipc";
import { knownValue, useBackend, useLive, useStore } from "../../state";
import { useReplanning } from "./useReplanning";

export type Step =
  | { step: "idle" }
  | { step: "choosing"; mode: Mode }
  | { step: "planning"; mode: Mode }
  /** `isAgain`: what was confirmed before had become more dangerous by the time it arrived. */
  | { step: "confirming"; plan: SwitchPlan; isAgain: boolean }
  | { step: "sending"; mode: Mode };

export interface FinishedSwitch {
  mode: Mode;
  on: boolean;
  outcome: SwitchOutcome;
  at: Timestamp;
}

export interface ModeSwitch {
  step: Step;
  /** The last one that ended, until dismissed or the next begins. */
  finished: FinishedSwitch | null;
  /** A click on the switch: turns a known value round, and asks for the direction where it is stale or unknown. */
  request: (mode: Mode) => void;
  /** Asks Rust what it would do and which confirmation it needs. */
  plan: (mode: Mode, on: boolean) => void;
  confirm: (consent: Consent) => void;
  cancel: () => void;
  openLock: () => void;
  dismiss: () => void;
}

/**
 * Whatever the core rejects it rejects before it sends. Only a defect, of the way to the core too, says nothing about
 * whether something was sent.
 */
function rejected(problem: Problem): SwitchOutcome {
  return { outcome: problem.code === "internal" ? "unknown" : "refused", problem };
}

/**
 * The way of one switch from click to outcome. It never touches the shown state: that is what the platform says.
 */
export function useModeSwitch(): ModeSwitch {
  const backend = useBackend();
  const store = useStore();
  const generation = useLive((live) => live.generation);
  const [step, setStep] = useState<Step>({ step: "idle" });
  const [finished, setFinished] = useState<FinishedSwitch | null>(null);
  // A second click must find the first one before React has rendered it.
  const isBusy = useRef(false);
  const current = useRef(generation);

  useReplanning(step, setStep);

  useEffect(() => {
    if (current.current === generation) return;
    current.current = generation;
    isBusy.current = false;
    setStep({ step: "idle" });
    setFinished(null);
  }, [generation]);

  /** A new plan; undefined when there is none, or no use for it any more. */
  const ask = async (mode: Mode, on: boolean): Promise<SwitchPlan | undefined> => {
    const askedFor = current.current;
    setStep({ step: "planning", mode });
    const found = await store.run(() => backend.call("plan_switch", { mode, on }));
    if (current.current !== askedFor) return undefined;
    if (!found) {
      isBusy.current = false;
      setStep({ step: "idle" });
    }
    return found;
  };

  const confirming = (found: SwitchPlan, isAgain: boolean) => {
    isBusy.current = false;
    setStep({ step: "confirming", plan: found, isAgain });
  };

  const send = async (mode: Mode, on: boolean, consent: Consent) => {
    const sentFor = current.current;
    setStep({ step: "sending", mode });
    const outcome = await backend
      .call("switch_mode", { mode, on, consent })
      .catch((e: unknown) => rejected(toProblem(e)));
    if (current.current !== sentFor) return;
    if (outcome.outcome === "refused" && outcome.problem.code === "confirmation_needed") {
      const found = await ask(mode, on);
      if (found) confirming(found, true);
      return;
    }
    isBusy.current = false;
    setStep({ step: "idle" });
    setFinished({ mode, on, outcome, at: Date.now() });
  };

  const plan = async (mode: Mode, on: boolean) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setFinished(null);
    const found = await ask(mode, on);
    if (!found) return;
    if (found.confirmation === "none" && !found.lock_closed) await send(mode, on, { agreed: false, typed_name: null });
    else confirming(found, false);
  };

  const cancel = useCallback(() => setStep({ step: "idle" }), []);
  const dismiss = useCallback(() => setFinished(null), []);

  return {
    step,
    finished,
    plan,
    cancel,
    dismiss,
    request: (mode) => {
      if (isBusy.current) return;
      const known = knownValue(store.state().live.modes[mode]);
      if (known === null) setStep({ step: "choosing", mode });
      else void plan(mode, !known);
    },
    confirm: (consent) => {
      if (step.step !== "confirming" || isBusy.current) return;
      isBusy.current = true;
      void send(step.plan.mode, step.plan.on, consent);
    },
    openLock: () => void store.run(() => backend.call("open_lock")),
  };
}
