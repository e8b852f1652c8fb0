import { useState } from "react";
import type { CertificateFacts } from "../../generated/CertificateFacts";
import type { PinnedLeaf } from "../../generated/PinnedLeaf";
import type { Problem } from "../../generated/Problem";
import { useMessages } from "../../i18n";
import { Button } from "../../shared";
import { Agreement } from "./Agreement";
import { CertificateCard, PinnedCard, validityOf } from "./CertificateCard";
import "./certificate.css";

/** A pin and what is remembered of its certificate. */
export interface Pin {
  sha256: string;
  leaf: PinnedLeaf | null;
}

/** The pin that a server does not fit any more; null: none was set. */
export function pinOf({ code, facts }: Problem): Pin | null {
  if (code !== "certificate_changed") return null;
  return { sha256: facts.expected_sha256 ?? "", leaf: facts.expected_leaf };
}

interface PinCertificateProps {
  certificate: CertificateFacts;
  /** The pin it differs from; null: none was set. */
  expected: Pin | null;
  isBusy?: boolean;
  onPin: (certificate: CertificateFacts, acceptExpired: boolean) => void;
}

/** No policy makes up for it, so a pin would only look like a remedy. */
const unpinnable: ReadonlySet<string> = new Set(["WeakKey"]);

/**
 * Shows a certificate before anything is sent to its owner, and lets it be pinned by a click of its own. Replacing a pin
 * and pinning outside the validity each need a consent first.
 */
export function PinCertificate({ certificate, expected, isBusy = false, onPin }: PinCertificateProps) {
  const { card, pin } = useMessages().connections;
  return (
    <div className="pin">
      <div className={expected === null ? undefined : "pin-compare"}>
        {expected !== null && <PinnedCard {...expected} />}
        <CertificateCard certificate={certificate} {...(expected !== null && { title: card.new })} />
      </div>
      {unpinnable.has(certificate.objection ?? "") ? (
        <p className="small note-warning">{pin.weakKey}</p>
      ) : (
        <PinConsent
          isReplacing={expected !== null}
          isExpired={validityOf(certificate, Date.now()) !== "valid"}
          isBusy={isBusy}
          onPin={(acceptExpired) => onPin(certificate, acceptExpired)}
        />
      )}
    </div>
  );
}

interface PinConsentProps {
  isReplacing: boolean;
  isExpired: boolean;
  isBusy: boolean;
  onPin: (acceptExpired: boolean) => void;
}

function PinConsent({ isReplacing, isExpired, isBusy, onPin }: PinConsentProps) {
  const { pin } = useMessages().connections;
  const [hasConfirmed, setConfirmed] = useState(false);
  const [acceptsExpired, setAcceptsExpired] = useState(false);
  const isAllowed = (!isReplacing || hasConfirmed) && (!isExpired || acceptsExpired);
  return (
    <>
      <p className="small soft">{isReplacing ? pin.replaceIntro : pin.intro}</p>
      {isReplacing && (
        <Agreement text={pin.replaceAgree} isGiven={hasConfirmed} testId="pin-confirmed" onChange={setConfirmed} />
      )}
      {isExpired && (
        <Agreement
          text={pin.expiredAgree}
          isGiven={acceptsExpired}
          testId="pin-accept-expired"
          onChange={setAcceptsExpired}
        />
      )}
      <div>
        <Button
          icon="pin"
          kind={isReplacing ? "danger" : "plain"}
          disabled={!isAllowed}
          isBusy={isBusy}
          data-testid="pin-certificate"
          onClick={() => onPin(isExpired)}
        >
          {isReplacing ? pin.replaceButton : pin.button}
        </Button>
      </div>
    </>
  );
}
