import { useEffect, useRef } from "react";
import type { Connection } from "../../generated/Connection";
import type { ImportPreview } from "../../generated/ImportPreview";
import { useMessages } from "../../i18n";
import { Alert, Button, Dialog, EnvironmentChip, PlainText, ProblemAlert, titleText } from "../../shared";
import { ImportTable } from "./ImportTable";
import { type Importing, useImport } from "./useImport";
import "./import.css";

interface ImportDialogProps {
  preview: ImportPreview;
  onClose: () => void;
}

/** What a file of connections holds, and which of it to add. Nothing is saved before that was chosen. */
export function ImportDialog({ preview, onClose }: ImportDialogProps) {
  const words = useMessages().transfer;
  const importing = useImport(preview);
  const { added, problem, tries, isBusy } = importing;
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (tries === 0) return;
    const missed = list.current?.querySelector<HTMLElement>("[aria-invalid]");
    missed?.focus();
    // The focus brings the small box into sight, and not the sentence that is agreed to.
    missed?.closest(".agreement-field")?.scrollIntoView({ block: "nearest" });
  }, [tries]);

  return (
    <Dialog
      title={words.title}
      size="large"
      eyebrow={<p className="small soft selectable">{titleText(preview.path)}</p>}
      testId="import-dialog"
      isHeld={isBusy}
      onClose={onClose}
      footer={<Footer preview={preview} importing={importing} onClose={onClose} />}
    >
      {problem && <ProblemAlert problem={problem} testId="import-problem" />}
      {added ? (
        <Added connections={added} />
      ) : (
        <div ref={list} className="import-choice">
          <Introduction {...preview} />
          {preview.connections.length > 0 && <ImportTable candidates={preview.connections} importing={importing} />}
        </div>
      )}
    </Dialog>
  );
}

function Introduction({ connections }: ImportPreview) {
  const words = useMessages().transfer;
  if (connections.length === 0) return <Alert tone="info" title={words.empty} testId="import-nothing" />;
  if (connections.every(({ standing }) => standing === "already_saved"))
    return <Alert tone="info" title={words.allSaved} testId="import-nothing" />;
  return <p>{words.intro}</p>;
}

interface FooterProps {
  preview: ImportPreview;
  importing: Importing;
  onClose: () => void;
}

function Footer({ preview: { connections }, importing, onClose }: FooterProps) {
  const { common, transfer: words } = useMessages();
  const { added, chosen, missing, tries } = importing;
  if (added || connections.length === 0) return <Button onClick={onClose}>{common.close}</Button>;
  const isMissing = tries > 0 && missing > 0;
  const count = chosen.size === 0 ? words.noneChosen : words.chosen(chosen.size, connections.length);
  return (
    <>
      <span className={`grow small ${isMissing ? "field-error" : "soft"}`} role="status">
        {isMissing ? words.agreementMissing(missing) : count}
      </span>
      <Button onClick={onClose}>{common.cancel}</Button>
      <Button
        kind="primary"
        isBusy={importing.isBusy}
        disabled={chosen.size === 0}
        data-testid="import-add"
        onClick={importing.add}
      >
        {words.add}
      </Button>
    </>
  );
}

function Added({ connections }: { connections: readonly Connection[] }) {
  const words = useMessages().transfer;
  return (
    <>
      <Alert tone="ok" title={words.added(connections.length)} testId="import-done">
        <p>{words.addedText}</p>
      </Alert>
      <ul className="import-added">
        {connections.map(({ id, name, environment }) => (
          <li key={id}>
            <EnvironmentChip environment={environment} />
            <PlainText text={name} />
          </li>
        ))}
      </ul>
    </>
  );
}
