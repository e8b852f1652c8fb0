import type { ReactNode } from "react";
import type { LevelChange } from "../../generated/LevelChange";
import { useMessages } from "../../i18n";
import { Button, Dialog, LockedAlert } from "../../shared";
import { useLock } from "../../state";
import { ChangeList } from "./ChangeList";
import type { LogLevels } from "./useLogLevels";

interface ConfirmLevelsProps {
  changes: readonly LevelChange[];
  logLevels: LogLevels;
  target: ReactNode;
}

/** Which services change, and on which platform. Nothing is sent before it is agreed to. */
export function ConfirmLevels({ changes, logLevels, target }: ConfirmLevelsProps) {
  const { common, loglevels } = useMessages();
  const isLocked = useLock() === "closed";
  return (
    <Dialog
      title={loglevels.confirmTitle(changes.length)}
      role="alertdialog"
      eyebrow={target}
      testId="log-levels-confirm"
      onClose={logLevels.cancel}
      footer={
        <>
          <Button onClick={logLevels.cancel}>{common.cancel}</Button>
          <Button kind="primary" disabled={isLocked} data-testid="confirm" onClick={logLevels.confirm}>
            {loglevels.confirm}
          </Button>
        </>
      }
    >
      <ChangeList changes={changes} />
      {changes.some(({ to }) => to === "DEBUG") && <p>{loglevels.confirmDebug}</p>}
      <p className="soft">{loglevels.confirmText}</p>
      {isLocked && <LockedAlert onOpen={logLevels.openLock} />}
    </Dialog>
  );
}
