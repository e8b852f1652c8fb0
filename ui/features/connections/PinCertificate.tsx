import { useState } from "react";
import type { CertificateFacts } from "../../generated/CertificateFacts";
import { useMessages } from "../../i18n";
import { Button } from "../../shared";
import { CertificateCard, Fingerprint, validityOf } from "./CertificateCard";
import "./certificate.css";

interface PinCertificateProps {
  certificate: CertificateFacts;
  /** The pin it differs from; null: none was set. */
  expected: string | null;
  isBusy?: boolean;
  onPin: (acceptExpired: boolean) => void;
}

/**
 * Shows a certificate before anything is sent to its owner, and lets it be pinned by a click of its own. Replacing a pin
 * and pinning outside the validity each need a consent first.
 */
export function PinCertificate({ certificate, expected, isBusy = false, onPin }: PinCertificateProps) {
  const { card, pin } = useMessages().connections;
  const [hasConfirmed, setConfirmed] = useState(false);
  const [acceptsExpired, setAcceptsExpired] = useState(false);
  const isExpired = validityOf(certificate, Date.now()) !== "valid";
  const isAllowed = (expected === null || hasConfirmed) && (!isExpired || acceptsExpired);
  return (
    <div className="pin">
      <div className={expected === null ? undefined : "pin-compare"}>
        {expected !== null && (
          <div className="certificate">
            <h3>{card.old}</h3>
            <dl className="selectable">
              <div>
                <dt>{card.fingerprint}</dt>
                <dd>
                  <Fingerprint sha256={expected} />
                </dd>
              </div>
            </dl>
          </div>
        )}
        <CertificateCard certificate={certificate} {...(expected !== null && { title: card.new })} />
      </div>
      <p className="small soft">{expected === null ? pin.intro : pin.replaceIntro}</p>
      {expected !== null && (
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
          kind={expected === null ? "plain" : "danger"}
          disabled={!isAllowed}
          isBusy={isBusy}
          data-testid="pin-certificate"
          onClick={() => onPin(isExpired)}
        >
          {expected === null ? pin.button : pin.replaceButton}
        </Button>
      </div>
    </div>
  );
}

interface AgreementProps {
  text: string;
  isGiven: boolean;
  testId: string;
  onChange: (isGiven: boolean) => void;
}

export function Agreement({ text, isGiven, testId, onChange }: AgreementProps) {
  return (
    <label className="agreement">
      <input
        type="checkbox"
        checked={isGiven}
        data-testid={testId}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{text}</span>
    </label>
  );
}
