import { useEffect, useRef, useState } from "react";
import type { ConnectionDraft } from "../../generated/ConnectionDraft";
import type { Problem } from "../../generated/Problem";
import type { StepResult } from "../../generated/StepResult";
import type { TestStep } from "../../generated/TestStep";
import { toProblem } from "../../ipc";
import { useBackend } from "../../state";

/** The steps in the order in which they run. */
export const testSteps: readonly TestStep[] = [
  "address",
  "name_resolution",
  "reach",
  "tls",
  "site",
  "login",
  "read_modes",
  "read_jobs",
  "clock",
];

export interface ConnectionTestState {
  results: Partial<Record<TestStep, StepResult>>;
  isRunning: boolean;
  /** Why the test itself could not be run. */
  problem: Problem | null;
  /** What was tested; null before the first test. */
  tested: ConnectionDraft | null;
}

const untested: ConnectionTestState = { results: {}, isRunning: false, problem: null, tested: null };

/** Runs the test and collects its steps as they come. */
export function useConnectionTest() {
  const backend = useBackend();
  const [state, setState] = useState(untested);
  const isOpen = useRef(true);

  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  const run = async (draft: ConnectionDraft, password: string | null) => {
    setState({ ...untested, isRunning: true, tested: draft });
    const take = (step: StepResult) =>
      isOpen.current && setState((last) => ({ ...last, results: { ...last.results, [step.step]: step } }));
    const stopListening = await backend.listen("test_step", take);
    try {
      const steps = await backend.call("test_connection", { draft, password });
      const results = Object.fromEntries(steps.map((step) => [step.step, step]));
      if (isOpen.current) setState({ results, isRunning: false, problem: null, tested: draft });
    } catch (rejection) {
      if (isOpen.current) setState((last) => ({ ...last, isRunning: false, problem: toProblem(rejection) }));
    } finally {
      stopListening();
    }
  };

  return { ...state, run };
}
