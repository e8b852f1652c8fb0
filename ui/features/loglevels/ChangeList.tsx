import type { LevelChange } from "../../generated/LevelChange";
import { useLanguage } from "../../i18n";
import { backyardName } from "../../i18n/vocabulary";
import { shownText } from "../../shared";
import { levelText } from "./levels";

/** Which services, from what to what. */
export function ChangeList({ changes }: { changes: readonly LevelChange[] }) {
  const language = useLanguage();
  return (
    <ul className="level-changes selectable">
      {changes.map(({ service, from, to }) => {
        const name = backyardName(service, language);
        return (
          <li key={service}>
            <span>
              <span className="mono">{shownText(service)}</span>
              {name !== service && <span className="level-name">{name}</span>}
            </span>
            <span className="level-step">
              {levelText(from)} → <b>{to}</b>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
