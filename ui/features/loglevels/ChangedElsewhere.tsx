import type { ObservedLevel } from "../../generated/ObservedLevel";
import { useFormat, useMessages } from "../../i18n";
import { Alert, shownText } from "../../shared";
import { readingText } from "./levels";

interface ChangedElsewhereProps {
  changes: readonly ObservedLevel[];
  onDismiss: () => void;
}

/** What somebody else did to the levels, until it was seen. */
export function ChangedElsewhere({ changes, onDismiss }: ChangedElsewhereProps) {
  const { loglevels } = useMessages();
  const format = useFormat();
  if (changes.length === 0) return null;
  return (
    <Alert
      tone="warning"
      title={loglevels.elsewhere(changes.length)}
      onDismiss={onDismiss}
      testId="log-levels-elsewhere"
    >
      {loglevels.elsewhereText}
      <ul className="level-changes selectable">
        {changes.map(({ service, from, to, at }) => (
          <li key={service}>
            <span className="mono">{shownText(service)}</span>
            <span className="level-step">
              {readingText(from, loglevels)} → <b>{readingText(to, loglevels)}</b>
            </span>
            <span className="muted">{loglevels.noticedAt(format.time(at))}</span>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
