import { type Dispatch, type SetStateAction, useEffect } from "react";
import type { Live } from "../../generated/Live";
import type { SwitchPlan } from "../../generated/SwitchPlan";
import { knownValue, useBackend, useLive } from "../../state";
import type { Step } from "./useModeSwitch";

/** What a plan is made of; a new one is due when it changes. */
function basis({ revision, running, modes, lock_open_until }: Live): string {
  const parts = [revision, running.state, knownValue(modes.job_stop), knownValue(modes.read_only), lock_open_until];
  return parts.join(" ");
}

/** Keeps the plan that somebody is reading as current as the window behind it. */
export function useReplanning(step: Step, setStep: Dispatch<SetStateAction<Step>>): void {
  const backend = useBackend();
  const planned = step.step === "confirming" ? step.plan : null;
  const mode = planned?.mode;
  const on = planned?.on;
  const current = useLive(basis);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new basis means a new plan behind the same question
  useEffect(() => {
    if (mode === undefined || on === undefined) return;
    let isWanted = true;
    const take = (plan: SwitchPlan) => {
      if (isWanted) setStep((last) => (last.step === "confirming" ? { ...last, plan } : last));
    };
    // Without a newer one the old plan stays: the core makes its own before it sends, and has the last word.
    backend.call("plan_switch", { mode, on }).then(take, () => {});
    return () => {
      isWanted = false;
    };
  }, [backend, setStep, mode, on, current]);
}
