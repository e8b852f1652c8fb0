import type { Dispatch, RefObject, SetStateAction } from "react";
import type { Consent } from "../../generated/Consent";
import type { Mode } from "../../generated/Mode";
import type { Problem } from "../../generated/Problem";
import type { SwitchOutcome } from "../../generated/SwitchOutcome";
import type { SwitchPlan } from "../../generated/SwitchPlan";
import type { Timestamp } from "../../generated/Timestamp";
import { toProblem } from "../../ipc";
import type { AppStore } from "../../state";

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

/** What a flow works on; all of it outlives a rendering. */
export interface FlowParts {
  store: AppStore;
  /** The generation of the connection that is on the screen. */
  current: RefObject<number>;
  /** A second click must find the first one before React has rendered it. */
  isBusy: RefObject<boolean>;
  setStep: Dispatch<SetStateAction<Step>>;
  setFinished: Dispatch<SetStateAction<FinishedSwitch | null>>;
}

export interface SwitchFlow {
  plan: (mode: Mode, on: boolean) => Promise<void>;
  send: (mode: Mode, on: boolean, consent: Consent) => Promise<void>;
}

/**
 * Whatever the core rejects it rejects before it sends. Only a defect, of the way to the core too, says nothing about
 * whether something was sent.
 */
function rejected(problem: Problem): SwitchOutcome {
  return { outcome: problem.code === "internal" ? "unknown" : "refused", problem };
}

/** The two calls of a switch and what follows from their answers. What comes after another connection opened is dropped. */
export function switchFlow({ store, current, isBusy, setStep, setFinished }: FlowParts): SwitchFlow {
  const { backend } = store;

  const end = () => {
    isBusy.current = false;
    setStep({ step: "idle" });
  };

  /** A new plan; undefined when there is none, or no use for it any more. */
  const ask = async (mode: Mode, on: boolean): Promise<SwitchPlan | undefined> => {
    const askedFor = current.current;
    setStep({ step: "planning", mode });
    const found = await store.run(() => backend.call("plan_switch", { mode, on }));
    if (current.current !== askedFor) return undefined;
    if (!found) end();
    return found;
  };

  const confirming = (plan: SwitchPlan, isAgain: boolean) => {
    isBusy.current = false;
    setStep({ step: "confirming", plan, isAgain });
  };

  const send = async (mode: Mode, on: boolean, consent: Consent) => {
    const sentFor = current.current;
    isBusy.current = true;
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
    end();
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

  return { plan, send };
}
