import type { QuitAnswer } from "../generated/QuitAnswer";
import type { QuitReason } from "../generated/QuitReason";
import { useMessages } from "../i18n";
import { Button, Dialog, titleText } from "../shared";
import { useApp, useStore } from "../state";
import { EnvironmentChip } from "./EnvironmentChip";

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
          <Button onClick={stay} data-testid="quit-stay">
            {common.cancel}
          </Button>
          <Button kind="danger" onClick={() => answer("quit")} data-testid="quit-now">
            {stopsAutomation ? shell.quitAndStop : shell.quitNow}
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

function Reason({ reason: { name, environment, automation, read_only } }: { reason: QuitReason }) {
  const { shell } = useMessages();
  return (
    <li>
      <EnvironmentChip environment={environment} />
      <div>
        <b>{titleText(name)}</b>
        {automation && <p>{shell.quitAutomation}</p>}
        {read_only && <p>{shell.quitReadOnly}</p>}
      </div>
    </li>
  );
}
