import type { ServiceLevel } from "../../generated/ServiceLevel";
import { useMessages } from "../../i18n";
import { Tag } from "../../shared";

interface LevelSummaryProps {
  levels: readonly ServiceLevel[];
  isNarrowed: boolean;
  onNarrow: (isNarrowed: boolean) => void;
}

/** What was left on DEBUG: the question of this page, answered without looking through it. */
export function LevelSummary({ levels, isNarrowed, onNarrow }: LevelSummaryProps) {
  const { loglevels } = useMessages();
  const debug = levels.filter(({ level }) => level === "DEBUG").length;
  const other = levels.filter(({ level }) => level !== "DEBUG" && level !== "INFO").length;
  return (
    <div className="levels-summary small">
      <span>{loglevels.services(levels.length)}</span>
      <span data-testid="log-levels-debug" data-value={debug}>
        <Tag tone={debug === 0 ? "neutral" : "warn"}>{loglevels.debugCount(debug)}</Tag>
      </span>
      {other > 0 && <Tag tone="unknown">{loglevels.otherCount(other)}</Tag>}
      <label className="levels-narrow">
        <input
          type="checkbox"
          checked={isNarrowed}
          data-testid="log-levels-narrow"
          onChange={(event) => onNarrow(event.target.checked)}
        />
        {loglevels.narrow}
      </label>
    </div>
  );
}
