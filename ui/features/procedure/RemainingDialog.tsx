import { type ReactNode, useState } from "react";
import type { ProcedureView } from "../../generated/ProcedureView";
import { useLanguage, useMessages } from "../../i18n";
import { Button, Dialog, writeClipboard } from "../../shared";
import { byOwner, type Owner, ownerText } from "./ownerText";
import { RemainingList } from "./RemainingList";

interface RemainingDialogProps {
  view: ProcedureView;
  target: ReactNode;
  onClose: () => void;
}

/** All that is left, why and what to do, and a text for each workspace's owner. */
export function RemainingDialog({ view, target, onClose }: RemainingDialogProps) {
  const messages = useMessages();
  const { common, procedure } = messages;
  const language = useLanguage();
  const [isCopied, setCopied] = useState<boolean | null>(null);
  const owners = byOwner(view.remaining);
  const isCut = view.remaining_total > view.remaining.length;
  const copy = (owner: Owner) => void writeClipboard(ownerText(owner, messages, language, isCut)).then(setCopied);

  return (
    <Dialog
      title={procedure.remainingTitle(view.remaining_total)}
      size="large"
      eyebrow={target}
      testId="procedure-remaining-dialog"
      onClose={onClose}
      footer={<Button onClick={onClose}>{common.close}</Button>}
    >
      {owners.length > 0 && (
        <section className="act-section">
          <h3>{procedure.owners}</h3>
          <div className="owner-buttons">
            {owners.map((owner) => (
              <Button
                key={owner.place}
                icon="copy"
                aria-label={procedure.copyOwner(owner.place)}
                onClick={() => copy(owner)}
              >
                {owner.place}
              </Button>
            ))}
          </div>
          {isCut && <p className="small">{procedure.ownersCut}</p>}
          <p role="status" className="small copied">
            {isCopied !== null && (isCopied ? procedure.copied : procedure.copyFailed)}
          </p>
        </section>
      )}
      <RemainingList view={view} shows="next" />
    </Dialog>
  );
}
