import { useState } from "react";
import type { Connection } from "../../generated/Connection";
import type { ConnectionId } from "../../generated/ConnectionId";
import type { ImportCandidate } from "../../generated/ImportCandidate";
import type { ImportPreview } from "../../generated/ImportPreview";
import type { Problem } from "../../generated/Problem";
import { toProblem } from "../../ipc";
import { useBackend } from "../../state";

/** What the form would ask a consent for. */
export type Consent = "plain" | "expired";

export function consentsFor({ connection: { certificate }, is_plain }: ImportCandidate): Consent[] {
  const acceptsExpired = certificate.kind === "pinned" && certificate.accept_expired;
  return [...(is_plain ? (["plain"] as const) : []), ...(acceptsExpired ? (["expired"] as const) : [])];
}

/** What a file offers to be added without a second thought: under its own name, and by no consent. */
function isOffered(candidate: ImportCandidate): boolean {
  return candidate.standing === "free" && consentsFor(candidate).length === 0;
}

const keyOf = (id: ConnectionId, consent: Consent) => `${consent} ${id}`;

function toggled(before: ReadonlySet<string>, items: readonly string[], isIn: boolean): ReadonlySet<string> {
  const after = new Set(before);
  for (const item of items) isIn ? after.add(item) : after.delete(item);
  return after;
}

/** Choosing among the connections of a file, and adding the chosen ones. */
export function useImport({ connections }: ImportPreview) {
  const backend = useBackend();
  const [chosen, setChosen] = useState<ReadonlySet<ConnectionId>>(
    () => new Set(connections.filter(isOffered).map(({ connection }) => connection.id)),
  );
  const [given, setGiven] = useState<ReadonlySet<string>>(new Set());
  const [tries, setTries] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [added, setAdded] = useState<readonly Connection[] | null>(null);

  const isGiven = (id: ConnectionId, consent: Consent) => given.has(keyOf(id, consent));
  const missing = connections
    .filter(({ connection }) => chosen.has(connection.id))
    .flatMap((it) => consentsFor(it).filter((consent) => !isGiven(it.connection.id, consent))).length;

  const choose = (ids: readonly ConnectionId[], isChosen: boolean) => {
    setChosen((before) => toggled(before, ids, isChosen));
    // A consent does not outlive the choice that it was given for.
    const consents = ids.flatMap((id) => [keyOf(id, "plain"), keyOf(id, "expired")]);
    if (!isChosen) setGiven((before) => toggled(before, consents, false));
  };

  const agree = (id: ConnectionId, consent: Consent, agrees: boolean) =>
    setGiven((before) => toggled(before, [keyOf(id, consent)], agrees));

  const add = async () => {
    setTries(tries + 1);
    if (missing > 0) return;
    setBusy(true);
    setProblem(null);
    try {
      setAdded(await backend.call("import_connections", { chosen: [...chosen] }));
    } catch (rejection) {
      setProblem(toProblem(rejection));
    } finally {
      setBusy(false);
    }
  };

  return { chosen, choose, isGiven, agree, missing, tries, isBusy, problem, added, add };
}

export type Importing = ReturnType<typeof useImport>;
