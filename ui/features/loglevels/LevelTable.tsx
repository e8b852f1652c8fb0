import type { ChangedLevel } from "../../generated/ChangedLevel";
import type { LevelOutcome } from "../../generated/LevelOutcome";
import type { LogLevel } from "../../generated/LogLevel";
import type { ServiceLevel } from "../../generated/ServiceLevel";
import { useLanguage, useMessages } from "../../i18n";
import { backyardName } from "../../i18n/vocabulary";
import { Segmented, shownText, Tag, type TagTone } from "../../shared";
import { isKnownLevel, knownLevels } from "./levels";
import type { LogLevels } from "./useLogLevels";

interface LevelTableProps {
  levels: readonly ServiceLevel[];
  logLevels: LogLevels;
  isHeld: boolean;
}

/** One line a service, in the platform's order. */
export function LevelTable({ levels, logLevels, isHeld }: LevelTableProps) {
  const { loglevels } = useMessages();
  const isBusy = logLevels.step.step === "applying";
  const results = new Map(logLevels.finished?.services.map((changed) => [changed.service, changed]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="levels-scroll" tabIndex={0} aria-label={loglevels.title}>
      <table className="levels-table">
        <thead>
          <tr>
            <th scope="col">{loglevels.service}</th>
            <th scope="col">{loglevels.level}</th>
            <th scope="col">{loglevels.change}</th>
          </tr>
        </thead>
        <tbody>
          {levels.map((shown) => (
            <LevelRow
              key={shown.service}
              shown={shown}
              wanted={logLevels.draft.get(shown.service)}
              result={results.get(shown.service)}
              isDisabled={isHeld || isBusy}
              onChoose={(to) => logLevels.choose(shown.service, to)}
            />
          ))}
        </tbody>
      </table>
      {levels.length === 0 && <p className="levels-waiting soft">{loglevels.none}</p>}
    </section>
  );
}

interface LevelRowProps {
  shown: ServiceLevel;
  wanted: LogLevel | undefined;
  /** What became of it when it was last applied. */
  result: ChangedLevel | undefined;
  isDisabled: boolean;
  onChoose: (to: LogLevel) => void;
}

function LevelRow({ shown, wanted, result, isDisabled, onChoose }: LevelRowProps) {
  const { loglevels } = useMessages();
  const language = useLanguage();
  const { service, level } = shown;
  const name = backyardName(service, language);
  const isChanged = wanted !== undefined && wanted !== level;
  return (
    <tr data-changed={isChanged || undefined} data-level={level}>
      <th scope="row">
        <span className="mono selectable">{shownText(service)}</span>
        {name !== service && <span className="level-name">{name}</span>}
      </th>
      <td>
        <Segmented<string>
          label={loglevels.levelOf(shownText(service))}
          value={wanted ?? level ?? ""}
          options={knownLevels.map((value) => ({
            value,
            label: value,
            testId: `log-level-${service}-${value.toLowerCase()}`,
          }))}
          isDisabled={isDisabled}
          testId={`log-level-${service}`}
          onChange={(to) => isKnownLevel(to) && onChoose(to)}
        />
      </td>
      <td className="level-note">
        {!isKnownLevel(level) && !isChanged && (
          <Tag tone="unknown">{level === null ? loglevels.isNull : loglevels.isOther(shownText(level))}</Tag>
        )}
        {isChanged && <Tag tone="outline">{loglevels.was(level === null ? "null" : shownText(level))}</Tag>}
        {result && <ResultTag outcome={result.outcome} />}
      </td>
    </tr>
  );
}

const tones: Record<LevelOutcome, TagTone> = {
  done: "ok",
  already: "neutral",
  not_sent: "neutral",
  changed_elsewhere: "warn",
  refused: "bad",
  without_effect: "bad",
  unknown: "unknown",
};

function ResultTag({ outcome }: { outcome: LevelOutcome }) {
  const { loglevels } = useMessages();
  return <Tag tone={tones[outcome]}>{loglevels.outcomes[outcome]}</Tag>;
}
