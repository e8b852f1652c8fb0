import { useEffect, useState } from "react";
import type { JournalEntry } from "../../generated/JournalEntry";
import type { JournalKind } from "../../generated/JournalKind";
import { useBackend, useLive } from "../../state";

/** The newest entries of a kind, or of all, asked again whenever something may have been written: a poll, a switch, a notice, a connection. */
export function useJournal(limit: number, kind: JournalKind | null): readonly JournalEntry[] {
  const backend = useBackend();
  const generation = useLive((live) => live.generation);
  const phase = useLive((live) => live.phase.phase);
  const revision = useLive((live) => live.revision);
  const switching = useLive((live) => live.switching);
  const notices = useLive((live) => live.notices.length);
  const [entries, setEntries] = useState<readonly JournalEntry[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are the occasions, not the arguments
  useEffect(() => {
    let isCurrent = true;
    backend.call("journal_entries", { limit, kind }).then(
      (found) => isCurrent && setEntries((last) => (isSame(last, found) ? last : found)),
      // Without an open connection there is no journal; the reason stands elsewhere on the screen.
      () => isCurrent && setEntries([]),
    );
    return () => {
      isCurrent = false;
    };
  }, [backend, limit, kind, generation, phase, revision, switching, notices]);

  return entries;
}

function isSame(one: readonly JournalEntry[], other: readonly JournalEntry[]): boolean {
  return one.length === other.length && JSON.stringify(one) === JSON.stringify(other);
}
