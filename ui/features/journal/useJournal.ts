import { useEffect, useState } from "react";
import type { JournalEntry } from "../../generated/JournalEntry";
import type { JournalKind } from "../../generated/JournalKind";
import type { Timestamp } from "../../generated/Timestamp";
import { useBackend, useLive } from "../../state";

/**
 * The newest entries of a kind, or of all, asked again whenever this program has written, and with each list of jobs, for
 * another program may have. With a limit of 0 nothing is asked.
 */
export function useJournal(limit: number, kind: JournalKind | null): readonly JournalEntry[] {
  const backend = useBackend();
  const generation = useLive((live) => live.generation);
  const lines = useLive((live) => live.journal_lines);
  const revision = useLive((live) => live.revision);
  const [entries, setEntries] = useState<readonly JournalEntry[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are the occasions, not the arguments
  useEffect(() => {
    if (limit === 0) return;
    let isCurrent = true;
    backend.call("journal_entries", { limit, kind }).then(
      (found) => isCurrent && setEntries((last) => (isSame(last, found) ? last : found)),
      // Without an open connection there is no journal; the reason stands elsewhere on the screen.
      () => isCurrent && setEntries([]),
    );
    return () => {
      isCurrent = false;
    };
  }, [backend, limit, kind, generation, lines, revision]);

  return entries;
}

const NEWEST_CONNECTIONS = 50;

/**
 * When the exercise on the practice platform began; 0 elsewhere. All exercises share one journal, and each is a platform of
 * its own with an address of its own: what is older than the first connection to this one belongs to another exercise.
 */
export function useExerciseStart(): Timestamp {
  const address = useLive((live) => (live.connection?.environment === "practice" ? live.connection.address : null));
  const connections = useJournal(address === null ? 0 : NEWEST_CONNECTIONS, "connection");
  if (address === null) return 0;
  return exerciseStart(connections, address);
}

/** Of entries newest first. */
export function exerciseStart(connections: readonly JournalEntry[], address: string): Timestamp {
  let start = 0;
  for (const entry of connections) {
    if (entry.event !== "connected") continue;
    if (entry.address !== address) return start;
    start = entry.at;
  }
  return start;
}

function isSame(one: readonly JournalEntry[], other: readonly JournalEntry[]): boolean {
  return one.length === other.length && JSON.stringify(one) === JSON.stringify(other);
}
