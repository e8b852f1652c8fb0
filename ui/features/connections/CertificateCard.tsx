import type { CertificateFacts } from "../../generated/CertificateFacts";
import type { PinnedLeaf } from "../../generated/PinnedLeaf";
import type { Timestamp } from "../../generated/Timestamp";
import { useFormat, useMessages } from "../../i18n";
import { PlainText } from "../../shared";
import { groupedFingerprint } from "./form";

export type Validity = "valid" | "expired" | "not_yet";

export function validityOf({ not_before, not_after }: PinnedLeaf, now: Timestamp): Validity {
  if (not_after !== null && not_after < now) return "expired";
  if (not_before !== null && not_before > now) return "not_yet";
  return "valid";
}

/** Objections that the line of dates already tells. */
const saidByDates: ReadonlySet<string> = new Set(["Expired", "NotValidYet"]);

/** The dates say it, or the other certificate beside this one. */
function isSaid(certificate: CertificateFacts): boolean {
  const objection = certificate.objection ?? "";
  const isOutdated = validityOf(certificate, Date.now()) !== "valid";
  return objection === "FingerprintDiffers" || (isOutdated && saidByDates.has(objection));
}

/** What a certificate says of itself; the fingerprint first, so that two of them stand side by side. */
export function CertificateCard({ certificate, title }: { certificate: CertificateFacts; title?: string }) {
  const { card } = useMessages().connections;
  return (
    <div className="certificate">
      {title && <h3>{title}</h3>}
      <dl className="selectable">
        <Fact label={card.fingerprint}>
          <Fingerprint sha256={certificate.sha256} />
        </Fact>
        <LeafFacts leaf={certificate} />
        {certificate.objection && !isSaid(certificate) && (
          <Fact label={card.objection}>
            <Objection term={certificate.objection} />
          </Fact>
        )}
      </dl>
    </div>
  );
}

/** The other side of the comparison: the pin, with what its certificate said when it was pinned. */
export function PinnedCard({ sha256, leaf }: { sha256: string; leaf: PinnedLeaf | null }) {
  const { card } = useMessages().connections;
  return (
    <div className="certificate">
      <h3>{card.old}</h3>
      <dl className="selectable">
        <Fact label={card.fingerprint}>
          <Fingerprint sha256={sha256} />
        </Fact>
        {leaf && <LeafFacts leaf={leaf} />}
      </dl>
      {!leaf && <p className="small soft">{card.notRemembered}</p>}
    </div>
  );
}

/** Whose it is, who signed it and from when to when; the same on both sides of a comparison. */
function LeafFacts({ leaf }: { leaf: PinnedLeaf }) {
  const { card } = useMessages().connections;
  const format = useFormat();
  const date = (at: Timestamp | null) => (at === null ? card.noDate : format.fullTime(at));
  const validity = validityOf(leaf, Date.now());
  return (
    <>
      <Fact label={card.subject}>
        <PlainText text={leaf.subject} />
      </Fact>
      <Fact label={card.issuer}>
        <PlainText text={leaf.issuer} />
        {leaf.issuer === leaf.subject && <span className="muted"> {card.selfSigned}</span>}
      </Fact>
      <Fact label={card.validity}>
        {card.between(date(leaf.not_before), date(leaf.not_after))}
        {validity !== "valid" && <strong> {validity === "expired" ? card.expired : card.notYet}</strong>}
      </Fact>
    </>
  );
}

/** The term in words, where there are some; always with the term, which is what one can search for. */
function Objection({ term }: { term: string }) {
  const { objections } = useMessages().connections.card;
  const words = Object.entries(objections).find(([known]) => known === term)?.[1];
  return (
    <>
      {words}{" "}
      <span className={words && "muted"}>
        <PlainText text={term} />
      </span>
    </>
  );
}

/** In groups of four, for reading aloud; copied and tested without them. */
export function Fingerprint({ sha256 }: { sha256: string }) {
  return (
    <code className="fingerprint" data-sha256={sha256}>
      {groupedFingerprint(sha256)}
    </code>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
