import type { QuitAnswer } from "../generated/QuitAnswer";
import type { QuitReason } from "../generated/QuitReason";
import { useMessages } from "../i18n";
import { Button, Dialog, EnvironmentChip, titleText } from "../shared";
import { useApp, useStore } from "../state";

/** What the end of the program would interrupt, asked before it ends. */
export function QuitDialog() {
  const { common, shell } = useMessages();
  const store = useStore();
  const reasons = useApp((state) => state.quit);
  if (!reasons) return null;
  const answer = (given: QuitAnswer) => void store.answerQuit(given);
  const stay = () => answer("stay");
  const stopsAutomation = reasons.some((reason) => reason.automation);
  return (
    <Dialog
      title={shell.quit}
      role="alertdialog"
      testId="quit-dialog"
      onClose={stay}
      footer={
        <>
          <Button kind="danger" onClick={() => answer("quit")} data-testid="quit-now">
            {stopsAutomation ? shell.quitAndStop : shell.quitNow}
          </Button>
          <span className="grow" />
          <Button onClick={stay} data-testid="quit-stay">
            {common.cancel}
          </Button>
          <Button kind="primary" onClick={() => answer("minimise")} data-testid="quit-minimise">
            {shell.minimise}
          </Button>
        </>
      }
    >
      <ul className="quit-reasons">
        {reasons.map((reason) => (
          <Reason key={reason.connection} reason={reason} />
        ))}
      </ul>
      <p className="muted">{shell.quitKept}</p>
    </Dialog>
  );
}

function Reason({ reason: { name, environment, automation, read_only, job_stop } }: { reason: QuitReason }) {
  const { shell } = useMessages();
  return (
    <li>
      <EnvironmentChip environment={environment} />
      <div>
        <b>{titleText(name)}</b>
        {automation && <p>{shell.quitAutomation}</p>}
        {(read_only || job_stop) && (
          <p>{read_only && job_stop ? shell.quitBoth : read_only ? shell.quitReadOnly : shell.quitJobStop}</p>
        )}
      </div>
    </li>
  );
}
