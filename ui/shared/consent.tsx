import type { Danger } from "../generated/Danger";
import type { Running } from "../generated/Running";
import type { Truth } from "../generated/Truth";
import { useMessages } from "../i18n";
import { knownValue, useLive } from "../state";
import { Age, useMoment } from "./Age";
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

/** To whom it happens: the figures of the newest list, and how old they are. */
export function Affected({ running }: { running: Truth<Running> }) {
  const { modes } = useMessages();
  const moment = useMoment();
  if (running.state === "unknown") return <p>{modes.whomUnknown}</p>;
  const { at, value } = running;
  return (
    <p>
      {modes.whomText(value.organizations, value.workspaces, value.deciding, value.conductors)}{" "}
      <span className="muted small">{running.state === "stale" ? modes.whomStale(moment(at)) : <Age at={at} />}</span>
    </p>
  );
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
