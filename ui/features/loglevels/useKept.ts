import { useCallback, useState } from "react";
import { useLive } from "../../state";
import { type Draft, type FinishedChange, type Seen, toldBy } from "./levels";

/** What the window keeps of a connection while another one is open. */
export interface Kept {
  /** What was chosen and not applied: what was meant for one platform is never sent to another. */
  draft: Draft;
  /** How the last change ended, until dismissed or the next begins. */
  finished: FinishedChange | null;
  seen: Seen;
}

const nothing: Kept = { draft: new Map(), finished: null, seen: new Map() };

/** An outcome that is dismissed, or gives way to the next one, was seen with all that it told. */
export function withoutOutcome({ finished, seen }: Kept): Partial<Kept> {
  return { finished: null, seen: new Map([...seen, ...toldBy(finished)]) };
}

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
