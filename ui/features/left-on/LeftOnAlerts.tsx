import type { Connection } from "../../generated/Connection";
import type { ConnectionId } from "../../generated/ConnectionId";
import type { LeftOn } from "../../generated/LeftOn";
import { type Format, type Messages, useFormat, useLanguage, useMessages } from "../../i18n";
import { modeName } from "../../i18n/vocabulary";
import { Alert, Button, titleText } from "../../shared";
import { useApp, useLive, useStore, useTicking } from "../../state";

/** Below these nobody is told for how long: it was just now, or it was first read just now. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface LeftOnAlertsProps {
  onConnect: (id: ConnectionId) => void;
  isBusy: boolean;
}

/** What was on in saved connections when it was last read, and may still be: one calm alert a connection. One with a session speaks for itself. */
export function LeftOnAlerts({ onConnect, isBusy }: LeftOnAlertsProps) {
  const modes = useApp((state) => state.leftOn.modes);
  const connections = useApp((state) => state.connections);
  const open = useLive((live) => live.connection?.id);
  const background = useApp((state) => state.background);
  const isOpen = (id: ConnectionId) => id === open || background.some((procedure) => procedure.connection === id);
  return connections
    .filter((connection) => !isOpen(connection.id))
    .map((connection) => ({ connection, left: modes.filter((mode) => mode.connection === connection.id) }))
    .filter(({ left }) => left.length > 0)
    .map(({ connection, left }) => (
      <LeftOnAlert
        key={connection.id}
        connection={connection}
        left={left}
        isBusy={isBusy}
        onConnect={() => onConnect(connection.id)}
      />
    ));
}

interface LeftOnAlertProps {
  connection: Connection;
  left: readonly LeftOn[];
  isBusy: boolean;
  onConnect: () => void;
}

function LeftOnAlert({ connection, left, isBusy, onConnect }: LeftOnAlertProps) {
  const { leftOn } = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const store = useStore();
  const name = (mode: LeftOn["mode"]) => modeName(mode, language);
  // As one text: it changes once a minute or less often, and nothing is drawn in between.
  const [first = "", ...others] = useTicking((now) =>
    left.map((mode) => sentence(mode, name(mode.mode), now, leftOn, format)).join("\n"),
  ).split("\n");
  const detail = useTicking((now) => detailOf(left, now, leftOn, format));
  const doubtfulSince = left.find((mode) => mode.doubtful_since !== null)?.doubtful_since ?? null;
  const noticed = useTicking((now) => (doubtfulSince === null ? null : format.moment(doubtfulSince, now)));
  const dismiss = () => void store.run(() => store.backend.call("dismiss_left_on", { id: connection.id }));
  return (
    <Alert
      tone={noticed === null ? "warning" : "unknown"}
      title={leftOn.title(titleText(connection.name), first)}
      {...(noticed !== null && { time: noticed })}
      actions={
        <Button isBusy={isBusy} onClick={onConnect} data-testid="left-on-connect">
          {leftOn.connect}
        </Button>
      }
      onDismiss={dismiss}
      testId="left-on"
    >
      {others.map((other) => (
        <p key={other}>{other}</p>
      ))}
      <p className="soft">{detail}</p>
    </Alert>
  );
}

/** Capitalised as the mode's name is; both languages begin with it. */
function sentence(
  { since, doubtful_since }: LeftOn,
  mode: string,
  now: number,
  words: Messages["leftOn"],
  format: Format,
): string {
  if (doubtful_since !== null) return words.doubtful(mode);
  const span = now - since.at;
  if (span < (since.kind === "known" ? MINUTE : HOUR)) return words.on(mode);
  return since.kind === "known" ? words.since(mode, format.duration(span)) : words.atLeast(mode, format.duration(span));
}

/** Of the modes together, for they were read together. */
function detailOf(left: readonly LeftOn[], now: number, words: Messages["leftOn"], format: Format): string {
  if (left.some((mode) => mode.doubtful_since !== null)) return words.doubtfulText;
  const moment = (at: number) => format.moment(at, now);
  const known = left.find((mode) => mode.since.kind === "known");
  const seen = words.seen(moment(Math.max(...left.map((mode) => mode.seen_at))));
  return known ? words.switchedAndSeen(words.switched(moment(known.since.at)), seen) : seen;
}
