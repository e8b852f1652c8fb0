import { useState } from "react";
import type { CertificateFacts } from "../../generated/CertificateFacts";
import type { Connection } from "../../generated/Connection";
import type { Problem } from "../../generated/Problem";
import { problemText, useLanguage, useMessages } from "../../i18n";
import { toProblem } from "../../ipc";
import { Alert, Button, Dialog, PlainText, ProblemAlert } from "../../shared";
import { useBackend } from "../../state";
import { draftOf, leafOf } from "./form";
import { PinCertificate, pinOf } from "./PinCertificate";

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
  const { certificate } = problem.facts;
  const hasChanged = problem.code === "certificate_changed";

  const pin = async (shown: CertificateFacts, acceptExpired: boolean) => {
    setSaving(true);
    setFailure(null);
    const draft = {
      ...draftOf(connection),
      certificate: {
        kind: "pinned",
        sha256: shown.sha256,
        accept_expired: acceptExpired,
        leaf: leafOf(shown),
      } as const,
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
        <PinCertificate certificate={certificate} expected={pinOf(problem)} isBusy={isSaving} onPin={pin} />
      ) : (
        <p>{text.action}</p>
      )}
      {failure && <ProblemAlert problem={failure} />}
    </Dialog>
  );
}
