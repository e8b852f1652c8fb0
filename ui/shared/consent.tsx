import type { Danger } from "../generated/Danger";
import { useMessages } from "../i18n";
import { knownValue, useLive } from "../state";
import { Alert } from "./Alert";
import { Button } from "./Button";
import { TextInput } from "./Field";

/** Why a step is dangerous, one reason an alert. */
export function DangerAlerts({ dangers }: { dangers: readonly Danger[] }) {
  const { modes } = useMessages();
  const isKnownOff = useLive((live) => knownValue(live.modes.job_stop) === false && live.suspect.job_stop === null);
  const title = (danger: Danger) =>
    danger === "job_stop_off" && !isKnownOff ? modes.dangers.job_stop_off.unconfirmed : modes.dangers[danger].title;
  return dangers.map((danger) => (
    <Alert key={danger} tone={danger === "count_unknown" ? "unknown" : "error"} title={title(danger)}>
      {modes.dangers[danger].text}
    </Alert>
  ));
}

/** The lock is closed, and opening it is one click. */
export function LockedAlert({ onOpen }: { onOpen: () => void }) {
  const { modes } = useMessages();
  const open = (
    <Button icon="lock-open" onClick={onOpen} data-testid="confirm-open-lock">
      {modes.openLock}
    </Button>
  );
  return (
    <Alert tone="warning" title={modes.locked} actions={open}>
      {modes.lockedText}
    </Alert>
  );
}

interface NameToTypeProps {
  name: string;
  typed: string;
  onType: (typed: string) => void;
}

/** The field for the connection's name, which dangerous steps ask for. */
export function NameToType({ name, typed, onType }: NameToTypeProps) {
  const { modes } = useMessages();
  return (
    <TextInput
      label={modes.typeName}
      hint={<span className="selectable">{modes.nameToType(name)}</span>}
      error={typed !== "" && !name.startsWith(typed) ? modes.nameDiffers : undefined}
      value={typed}
      onChange={onType}
      testId="confirm-name"
    />
  );
}
