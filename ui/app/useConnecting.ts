import { useState } from "react";
import type { ConnectionId } from "../generated/ConnectionId";
import type { PracticeExercise } from "../generated/PracticeExercise";
import { useStore } from "../state";

/** The practice platform's id; its connection is not among the saved ones. */
const PRACTICE: ConnectionId = "practice";

export interface Connecting {
  isBusy: boolean;
  connect: (id: ConnectionId, password: string | null) => void;
  /** Starts the practice platform afresh; null: the exercise of last time. */
  connectPractice: (exercise: PracticeExercise | null) => void;
  disconnect: () => void;
}

/** Opening and leaving connections. Failures go to the window's alert area. */
export function useConnecting(): Connecting {
  const store = useStore();
  const [isBusy, setBusy] = useState(false);

  const during = async (command: () => Promise<null>, opens: ConnectionId | null) => {
    setBusy(true);
    const answer = await store.run(command);
    setBusy(false);
    // The shell remembers what was opened; our copy of the preferences must not take that back.
    if (answer !== undefined && opens !== null) store.rememberOpened(opens);
  };

  return {
    isBusy,
    connect: (id, password) => void during(() => store.backend.call("connect", { id, password }), id),
    connectPractice: (exercise) =>
      void during(async () => {
        const answer = await store.backend.call("connect_practice", { exercise });
        if (exercise !== null) store.rememberExercise(exercise);
        return answer;
      }, PRACTICE),
    disconnect: () => void during(() => store.backend.call("disconnect"), null),
  };
}
