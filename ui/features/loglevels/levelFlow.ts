import type { Dispatch, RefObject, SetStateAction } from "react";
import type { Consent } from "../../generated/Consent";
import type { LevelChange } from "../../generated/LevelChange";
import type { LogLevels as KnownLevels } from "../../generated/LogLevels";
import type { Problem } from "../../generated/Problem";
import type { Truth } from "../../generated/Truth";
import { type Backend, toProblem } from "../../ipc";
import { knownValue } from "../../state";
import { stillWanted } from "./levels";
import { type Keep, withoutOutcome } from "./useKept";

export type Step =
  | { step: "idle" }
  | { step: "reading" }
  | { step: "confirming"; changes: readonly LevelChange[] }
  | { step: "applying" };

export const idle: Step = { step: "idle" };

/** What was read, and of which connection. */
export interface Newest {
  generation: number;
  truth: Truth<KnownLevels>;
}

/** What a flow works on; all of it outlives a rendering. */
export interface FlowParts {
  backend: Backend;
  /** The generation of the connection that is on the screen. */
  current: RefObject<number>;
  setNewest: Dispatch<SetStateAction<Newest>>;
  setStep: Dispatch<SetStateAction<Step>>;
  keep: Keep;
}

export interface LevelFlow {
  read: () => Promise<void>;
  send: (wanted: readonly LevelChange[], consent: Consent) => Promise<void>;
}

/** What is known of a connection is not lost to a defect of ours. */
function failed(last: Newest, generation: number, problem: Problem): Newest {
  const { truth } = last;
  if (last.generation !== generation || truth.state === "unknown")
    return { generation, truth: { state: "unknown", problem } };
  return { generation, truth: { since: Date.now(), ...truth, state: "stale", problem } };
}

/** The two calls and what follows from their answers. Levels that come after another connection opened are dropped. */
export function levelFlow({ backend, current, setNewest, setStep, keep }: FlowParts): LevelFlow {
  const take = (truth: Truth<KnownLevels>) => {
    setNewest({ generation: current.current, truth });
    const value = knownValue(truth);
    if (value) keep(({ draft }) => ({ draft: stillWanted(value.services, draft) }));
  };

  const read = async () => {
    const askedFor = current.current;
    // Come back to while a change is asked for or on its way, the page goes on saying so.
    setStep((last) => (last.step === "idle" ? { step: "reading" } : last));
    try {
      const found = await backend.call("log_levels");
      if (current.current === askedFor) take(found);
    } catch (rejection) {
      const problem = toProblem(rejection);
      if (current.current === askedFor) setNewest((last) => failed(last, askedFor, problem));
    }
    if (current.current === askedFor) setStep((last) => (last.step === "reading" ? idle : last));
  };

  const send = async (wanted: readonly LevelChange[], consent: Consent) => {
    const sentFor = current.current;
    const isCurrent = () => current.current === sentFor;
    setStep({ step: "applying" });
    keep(withoutOutcome);
    try {
      const { levels, ...outcome } = await backend.call("change_log_levels", { changes: [...wanted], consent });
      const readAt = levels.state === "unknown" ? null : levels.at;
      // Also of a connection that was left meanwhile: it is told when it is come back to.
      keep(() => ({ finished: { ...outcome, at: Date.now(), readAt } }));
      if (isCurrent()) take(levels);
    } catch (rejection) {
      const problem = toProblem(rejection);
      // Nothing was sent: the core asks first.
      if (problem.code === "confirmation_needed" || problem.code === "lock_closed") {
        if (isCurrent()) setStep({ step: "confirming", changes: wanted });
        return;
      }
      keep(() => ({ finished: { services: [], problem, at: Date.now(), readAt: null } }));
    }
    if (isCurrent()) setStep(idle);
  };

  return { read, send };
}
