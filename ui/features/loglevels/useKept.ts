import { useCallback, useState } from "react";
import type { Timestamp } from "../../generated/Timestamp";
import { useLive } from "../../state";
import type { Draft, FinishedChange } from "./levels";

/** What the window keeps of a connection while another one is open. */
export interface Kept {
  /** What was chosen and not applied: what was meant for one platform is never sent to another. */
  draft: Draft;
  /** How the last change ended, until dismissed or the next begins. */
  finished: FinishedChange | null;
  /** Changes made elsewhere up to then were seen. */
  seenUntil: Timestamp;
}

const nothing: Kept = { draft: new Map(), finished: null, seenUntil: 0 };

/** Changes what is kept of the connection for which this was taken, whichever is open by then. */
export type Keep = (change: (last: Kept) => Partial<Kept>) => void;

/** Of each connection by itself. */
export function useKept(): [Kept, Keep] {
  const place = useLive(({ connection }) => (connection ? `${connection.id} ${connection.address}` : ""));
  const [all, setAll] = useState<ReadonlyMap<string, Kept>>(new Map());
  const keep = useCallback<Keep>(
    (change) =>
      setAll((places) => {
        const last = places.get(place) ?? nothing;
        return new Map(places).set(place, { ...last, ...change(last) });
      }),
    [place],
  );
  return [all.get(place) ?? nothing, keep];
}
