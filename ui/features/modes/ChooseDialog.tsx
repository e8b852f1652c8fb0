import type { ReactNode } from "react";
import type { Mode } from "../../generated/Mode";
import { useLanguage, useMessages } from "../../i18n";
import { modeName } from "../../i18n/vocabulary";
import { Button, Dialog } from "../../shared";
import { useLive } from "../../state";
import type { ModeSwitch } from "./useModeSwitch";
import "./modes.css";

/** A switch whose state is not known, or whose "off" may be a lie, cannot be turned round: the direction has to be said. Off is always possible. */
export function ChooseDialog({ mode, modeSwitch, target }: { mode: Mode; modeSwitch: ModeSwitch; target: ReactNode }) {
  const { modes } = useMessages();
  const name = modeName(mode, useLanguage());
  const isSuspect = useLive((live) => live.suspect[mode] !== null);
  return (
    <Dialog title={modes.chooseTitle(name)} size="small" eyebrow={target} onClose={modeSwitch.cancel}>
      <p>{isSuspect ? modes.chooseSuspectText : modes.chooseText}</p>
      <div className="choose-actions">
        <Button onClick={() => modeSwitch.plan(mode, false)} data-testid="choose-off">
          {modes.confirm[mode](false)}
        </Button>
        <Button onClick={() => modeSwitch.plan(mode, true)} data-testid="choose-on">
          {modes.confirm[mode](true)}
        </Button>
      </div>
    </Dialog>
  );
}
