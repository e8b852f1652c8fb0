import { useFormat, useMessages } from "../i18n";
import { Button } from "../shared";
import { useLive, useLock, useStore, useTicking } from "../state";

/** The lock of 本番 and of practice: one click opens it on purpose, one closes it. */
export function LockButton() {
  const lock = useLock();
  const until = useLive((live) => live.lock_open_until);
  const { shell } = useMessages();
  const store = useStore();
  if (lock === "none") return null;
  if (lock === "closed" || until === null) {
    return (
      <Button
        icon="lock-closed"
        tooltip={shell.lockClosedTooltip}
        aria-pressed={false}
        data-testid="lock"
        onClick={() => store.run(() => store.backend.call("open_lock"))}
      >
        {shell.lockClosed}
      </Button>
    );
  }
  return (
    <Button
      icon="lock-open"
      tooltip={shell.lockOpenTooltip}
      aria-pressed={true}
      data-testid="lock"
      onClick={() => store.run(() => store.backend.call("close_lock"))}
    >
      {shell.lockOpen}
      <LockLeft until={until} />
    </Button>
  );
}

function LockLeft({ until }: { until: number }) {
  const { shell } = useMessages();
  const format = useFormat();
  const left = useTicking((now) => format.countdown(until - now));
  return <span className="muted lock-left">{shell.lockLeft(left)}</span>;
}
