import { useMessages } from "../../i18n";
import { Alert, Button, Dialog, PathText, ProblemAlert } from "../../shared";
import { ImportDialog } from "./ImportDialog";
import type { Transfer } from "./useTransfer";

/** What came of the file that the system's dialog was asked for: written, read, or why not. */
export function TransferDialogs({ transfer }: { transfer: Transfer }) {
  const { common, transfer: words } = useMessages();
  const { step, close } = transfer;
  if (step.step === "none") return null;
  if (step.step === "choosing") return <ImportDialog preview={step.preview} onClose={close} />;
  if (step.step === "exported")
    return (
      <Dialog
        title={words.exported}
        testId="export-connections-done"
        onClose={close}
        footer={<Button onClick={close}>{common.close}</Button>}
      >
        <Alert tone="ok" title={words.exportedCount(step.written.count)}>
          <p>
            <PathText path={step.written.path} />
          </p>
        </Alert>
        <p>{words.withoutPasswords}</p>
      </Dialog>
    );
  const isExport = step.way === "export";
  return (
    <Dialog
      title={isExport ? words.exportFailed : words.importFailed}
      role="alertdialog"
      testId="transfer-failed"
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{common.close}</Button>
          <Button
            kind="primary"
            data-testid="transfer-again"
            onClick={isExport ? transfer.exportAll : transfer.chooseFile}
          >
            {isExport ? words.exportAgain : words.chooseAnother}
          </Button>
        </>
      }
    >
      <ProblemAlert problem={step.problem} />
    </Dialog>
  );
}
