import { useState } from "react";
import type { Connection } from "../../generated/Connection";
import type { Problem } from "../../generated/Problem";
import { problemText, useLanguage, useMessages } from "../../i18n";
import { toProblem } from "../../ipc";
import { Alert, Button, Dialog, PlainText, ProblemAlert } from "../../shared";
import { useBackend } from "../../state";
import { draftOf } from "./form";
import { PinCertificate } from "./PinCertificate";

interface CertificateDialogProps {
  connection: Connection;
  /** `certificate_untrusted` or `certificate_changed`, with the certificate in its facts. */
  problem: Problem;
  /** The certificate was pinned and the connection saved; the window connects again. */
  onPinned: (connection: Connection) => void;
  onClose: () => void;
}

/** Shows a certificate that is not trusted before anything is sent, and lets it be pinned on purpose. */
export function CertificateDialog({ connection, problem, onPinned, onClose }: CertificateDialogProps) {
  const { common, connections } = useMessages();
  const text = problemText(problem.code, useLanguage());
  const backend = useBackend();
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Problem | null>(null);
  const { certificate, expected_sha256: expected } = problem.facts;
  const hasChanged = problem.code === "certificate_changed";

  const pin = async (sha256: string, acceptExpired: boolean) => {
    setSaving(true);
    setFailure(null);
    const draft = {
      ...draftOf(connection),
      certificate: { kind: "pinned", sha256, accept_expired: acceptExpired } as const,
    };
    try {
      onPinned(await backend.call("save_connection", { draft, password: null }));
    } catch (rejection) {
      setFailure(toProblem(rejection));
    } finally {
      setSaving(false);
    }
  };

  return (
    <Dialog
      title={hasChanged ? connections.certificateChangedTitle : connections.certificateTitle}
      role="alertdialog"
      eyebrow={
        <p className="small soft">
          <PlainText text={connection.name} /> ・ {connection.address}
        </p>
      }
      testId="certificate-dialog"
      onClose={onClose}
      footer={<Button onClick={onClose}>{common.close}</Button>}
    >
      <Alert tone="error" title={text.meaning} />
      {certificate ? (
        <PinCertificate
          certificate={certificate}
          expected={hasChanged ? (expected ?? pinnedBefore(connection)) : null}
          isBusy={isSaving}
          onPin={(acceptExpired) => pin(certificate.sha256, acceptExpired)}
        />
      ) : (
        <p>{text.action}</p>
      )}
      {failure && <ProblemAlert problem={failure} />}
    </Dialog>
  );
}

function pinnedBefore({ certificate }: Connection): string {
  return certificate.kind === "pinned" ? certificate.sha256 : "";
}
