import { useEffect, useRef, useState } from "react";
import type { ConnectionDraft } from "../../generated/ConnectionDraft";
import type { Problem } from "../../generated/Problem";
import type { StepResult } from "../../generated/StepResult";
import type { TestStep } from "../../generated/TestStep";
import { type Backend, toProblem } from "../../ipc";
import { useBackend } from "../../state";

export interface ConnectionTestState {
  results: Partial<Record<TestStep, StepResult>>;
  isRunning: boolean;
  /** The user stopped it. */
  isStopped: boolean;
  /** Why the test itself could not be run. */
  problem: Problem | null;
  /** What was tested; null before the first test. */
  tested: ConnectionDraft | null;
}

const untested: ConnectionTestState = { results: {}, isRunning: false, isStopped: false, problem: null, tested: null };

/** How many tests this page has begun: each has a number of its own, also in a form that is opened again. */
let begun = 0;

const byStep = (steps: readonly StepResult[]) => Object.fromEntries(steps.map((step) => [step.step, step]));

/** Ends the test. One that has ended already is none to stop. */
const cancel = (backend: Backend) => void backend.call("cancel_test").catch(() => undefined);

/** Runs the test and collects its steps as they come. A form that is left takes its test with it. */
export function useConnectionTest() {
  const backend = useBackend();
  const [state, setState] = useState(untested);
  const current = useRef<number | null>(null);

  useEffect(
    () => () => {
      // What was typed may be wrong: it must not log in any more.
      if (current.current !== null) cancel(backend);
      current.current = null;
    },
    [backend],
  );

  const run = async (draft: ConnectionDraft, password: string | null) => {
    const test = ++begun;
    current.current = test;
    const isCurrent = () => current.current === test;
    setState({ ...untested, isRunning: true, tested: draft });
    const take = (step: StepResult) =>
      step.test === test &&
      isCurrent() &&
      setState((last) => ({ ...last, results: { ...last.results, [step.step]: step } }));
    const stopListening = await backend.listen("test_step", take);
    try {
      if (!isCurrent()) return;
      const results = byStep(await backend.call("test_connection", { test, draft, password }));
      if (isCurrent()) setState({ ...untested, results, tested: draft });
    } catch (rejection) {
      if (isCurrent()) setState((last) => ({ ...last, isRunning: false, problem: toProblem(rejection) }));
    } finally {
      stopListening();
      if (isCurrent()) current.current = null;
    }
  };

  const stop = () => {
    current.current = null;
    setState((last) => ({ ...last, isRunning: false, isStopped: true }));
    cancel(backend);
  };

  return { ...state, run, stop };
}
