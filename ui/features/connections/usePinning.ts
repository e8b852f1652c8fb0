import { useState } from "react";
import type { CertificateFacts } from "../../generated/CertificateFacts";
import type { Connection } from "../../generated/Connection";
import { groupedFingerprint, leafOf, toDraft } from "./form";
import type { ConnectionForm } from "./useConnectionForm";
import { useConnectionTest } from "./useConnectionTest";

/** The test of what stands in the form, and the pin that may come of it. */
export function usePinning(part: ConnectionForm, connection: Connection | null, onPinned: () => void) {
  const { form, change, password } = part;
  const test = useConnectionTest();
  const [pinned, setPinned] = useState<string | null>(null);
  const draft = toDraft(form, connection);

  const run = () => {
    setPinned(null);
    void test.run(draft, password);
  };

  const pin = (certificate: CertificateFacts, acceptExpired: boolean) => {
    const fingerprint = groupedFingerprint(certificate.sha256);
    change({ certificate: "pinned", fingerprint, acceptExpired, leaf: leafOf(certificate) });
    setPinned(certificate.sha256);
    onPinned();
  };

  return {
    test,
    isOutdated: test.tested !== null && JSON.stringify(test.tested) !== JSON.stringify(draft),
    hasPinned: pinned !== null && form.certificate === "pinned",
    run,
    stop: test.stop,
    pin,
  };
}
