import type { CertificateFacts } from "../../generated/CertificateFacts";
import type { Timestamp } from "../../generated/Timestamp";
import { useFormat, useMessages } from "../../i18n";
import { PlainText } from "../../shared";
import { groupedFingerprint } from "./form";

export type Validity = "valid" | "expired" | "not_yet";

export function validityOf({ not_before, not_after }: CertificateFacts, now: Timestamp): Validity {
  if (not_after !== null && not_after < now) return "expired";
  if (not_before !== null && not_before > now) return "not_yet";
  return "valid";
}

/** Objections that the line of dates already tells. */
const saidByDates: ReadonlySet<string> = new Set(["Expired", "NotValidYet"]);

/** What a certificate says of itself; the fingerprint first, so that two of them stand side by side. */
export function CertificateCard({ certificate, title }: { certificate: CertificateFacts; title?: string }) {
  const { card } = useMessages().connections;
  const format = useFormat();
  const date = (at: Timestamp | null) => (at === null ? card.noDate : format.fullTime(at));
  const validity = validityOf(certificate, Date.now());
  return (
    <div className="certificate">
      {title && <h3>{title}</h3>}
      <dl className="selectable">
        <Fact label={card.fingerprint}>
          <Fingerprint sha256={certificate.sha256} />
        </Fact>
        <Fact label={card.subject}>
          <PlainText text={certificate.subject} />
        </Fact>
        <Fact label={card.issuer}>
          <PlainText text={certificate.issuer} />
          {certificate.issuer === certificate.subject && <span className="muted"> {card.selfSigned}</span>}
        </Fact>
        <Fact label={card.validity}>
          {card.between(date(certificate.not_before), date(certificate.not_after))}
          {validity !== "valid" && <strong> {validity === "expired" ? card.expired : card.notYet}</strong>}
        </Fact>
        {certificate.objection && !(validity !== "valid" && saidByDates.has(certificate.objection)) && (
          <Fact label={card.objection}>
            <Objection term={certificate.objection} />
          </Fact>
        )}
      </dl>
    </div>
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
