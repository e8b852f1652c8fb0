import type { LevelChange } from "../../generated/LevelChange";
import { shownText } from "../../shared";

/** Which services, from what to what. */
export function ChangeList({ changes }: { changes: readonly LevelChange[] }) {
  return (
    <ul className="level-changes selectable">
      {changes.map(({ service, from, to }) => (
        <li key={service}>
          <span className="mono">{shownText(service)}</span>
          <span className="level-step">
            {from === null ? "null" : shownText(from)} → <b>{to}</b>
          </span>
        </li>
      ))}
    </ul>
  );
}
