import type { ChangedLevel } from "../../generated/ChangedLevel";
import type { LevelOutcome } from "../../generated/LevelOutcome";
import type { LogLevel } from "../../generated/LogLevel";
import { useLanguage, useMessages } from "../../i18n";
import { backyardName } from "../../i18n/vocabulary";
import { Segmented, shownText, Tag, type TagTone } from "../../shared";
import { shownAs } from "../../state";
import { isKnownLevel, knownLevels, levelText, type Row, readingText } from "./levels";
import type { LogLevels } from "./useLogLevels";

interface LevelTableProps {
  rows: readonly Row[];
  logLevels: LogLevels;
  isHeld: boolean;
  /** Only what is not as a platform comes, and what is wanted or told. */
  isNarrowed: boolean;
}

/** One line a service, by name. */
export function LevelTable({ rows, logLevels, isHeld, isNarrowed }: LevelTableProps) {
  const { loglevels } = useMessages();
  const { draft, step, truth } = logLevels;
  const results = useResults(logLevels);
  const isContradicted = shownAs(truth) === "unknown";
  const matters = ({ service, level, elsewhere }: Row) =>
    level !== "INFO" || draft.has(service) || elsewhere !== undefined || results.has(service);
  const shown = isNarrowed ? rows.filter(matters) : rows;
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
          {shown.map((row) => (
            <LevelRow
              key={row.service}
              row={row}
              isContradicted={isContradicted}
              wanted={draft.get(row.service)}
              result={results.get(row.service)}
              isHeld={isHeld || step.step === "applying"}
              onChoose={(to) => logLevels.choose(row.service, to)}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="levels-waiting soft">{loglevels.allInfo}</p>}
    </section>
  );
}

/** What became of each service when it was last applied, until a newer read says what is. */
function useResults({ finished, truth }: LogLevels): ReadonlyMap<string, ChangedLevel> {
  const isNewest = truth.state !== "unknown" && finished?.readAt === truth.at;
  return new Map(isNewest ? finished.services.map((changed) => [changed.service, changed]) : []);
}

interface LevelRowProps {
  row: Row;
  /** The newest answer was no truth: the level is history. */
  isContradicted: boolean;
  wanted: LogLevel | undefined;
  /** What became of it when it was last applied. */
  result: ChangedLevel | undefined;
  isHeld: boolean;
  onChoose: (to: LogLevel) => void;
}

function LevelRow({ row, isContradicted, wanted, result, isHeld, onChoose }: LevelRowProps) {
  const { loglevels } = useMessages();
  const language = useLanguage();
  const { service, level, isGone } = row;
  const name = backyardName(service, language);
  const isChanged = wanted !== undefined && wanted !== level;
  const isInForce = !isGone && !isContradicted;
  return (
    <tr data-changed={isChanged || undefined} data-level={isInForce ? level : undefined}>
      <th scope="row">
        <span className="mono selectable">{shownText(service)}</span>
        {name !== service && <span className="level-name">{name}</span>}
      </th>
      <td>
        <div className="level-cell">
          {!isGone && (
            <Segmented<string>
              label={loglevels.levelOf(shownText(service))}
              value={wanted ?? (isInForce ? level : null) ?? ""}
              options={knownLevels.map((value) => ({
                value,
                label: value,
                testId: `log-level-${service}-${value.toLowerCase()}`,
              }))}
              isHeld={isHeld}
              testId={`log-level-${service}`}
              onChange={(to) => isKnownLevel(to) && onChoose(to)}
            />
          )}
          {isGone && <Tag tone="unknown">{loglevels.gone}</Tag>}
          {isContradicted && !isGone && <Tag tone="unknown">{loglevels.lastRead(levelText(level))}</Tag>}
          {isInForce && !isKnownLevel(level) && !isChanged && (
            <Tag tone="unknown">{level === null ? loglevels.isNull : levelText(level)}</Tag>
          )}
        </div>
      </td>
      <td className="level-note">
        {isChanged && <Tag tone="outline">{loglevels.notApplied(levelText(level))}</Tag>}
        <ResultTag row={row} result={result} isChanged={isChanged} />
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

interface ResultTagProps {
  row: Row;
  result: ChangedLevel | undefined;
  isChanged: boolean;
}

/** How the level came about: by whom else, or what became of it here. Beside what is not applied nothing is called done. */
function ResultTag({ row: { elsewhere }, result, isChanged }: ResultTagProps) {
  const { loglevels } = useMessages();
  const isDone = result?.outcome === "done" || result?.outcome === "already";
  const says = result !== undefined && !(isDone && isChanged) && !(elsewhere && result.outcome === "changed_elsewhere");
  return (
    <>
      {elsewhere && (
        <Tag tone="warn">
          {loglevels.elsewhereStep(readingText(elsewhere.from, loglevels), readingText(elsewhere.to, loglevels))}
        </Tag>
      )}
      {says && <Tag tone={tones[result.outcome]}>{loglevels.outcomes[result.outcome]}</Tag>}
    </>
  );
}
