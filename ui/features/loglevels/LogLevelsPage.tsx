import { type ReactNode, useState } from "react";
import type { Timestamp } from "../../generated/Timestamp";
import { useFormat, useMessages } from "../../i18n";
import { Alert, Button, ProblemText, useAge } from "../../shared";
import { knownValue, lastValue, shownAs, useLive } from "../../state";
import { ChangedElsewhere } from "./ChangedElsewhere";
import { ChangeOutcome } from "./ChangeOutcome";
import { ConfirmLevels } from "./ConfirmLevels";
import { LevelSummary } from "./LevelSummary";
import { LevelTable } from "./LevelTable";
import { rows, toldBy, unseenOf } from "./levels";
import type { LogLevels } from "./useLogLevels";
import "./loglevels.css";

interface LogLevelsPageProps {
  logLevels: LogLevels;
  /** What is to be known of the connection, on every page. */
  alerts: ReactNode;
  /** The environment, name and address of the platform that would be changed. */
  target: ReactNode;
}

/** The second page: each service with its level. */
export function LogLevelsPage({ logLevels, alerts, target }: LogLevelsPageProps) {
  const { loglevels } = useMessages();
  const isReadOnly = useLive((live) => knownValue(live.modes.read_only) === true);
  const [isNarrowed, setNarrowed] = useState(false);
  const { truth, step, finished, seen } = logLevels;
  const held = useHeld(logLevels);
  const levels = lastValue(truth);
  const shown = shownAs(truth);
  const elsewhere = unseenOf(unseenOf(levels?.elsewhere ?? [], seen), toldBy(finished));

  return (
    <main className="levels" data-testid="log-levels" data-state={shown}>
      <Head logLevels={logLevels} held={held} />
      <div className="alerts">
        {alerts}
        {isReadOnly && (
          <Alert tone="info" title={loglevels.readOnly} testId="log-levels-read-only">
            {loglevels.readOnlyText}
          </Alert>
        )}
        <NotRead logLevels={logLevels} />
        {finished && <ChangeOutcome finished={finished} onDismiss={logLevels.dismiss} />}
        <ChangedElsewhere changes={elsewhere} onDismiss={logLevels.see} />
      </div>
      {levels ? (
        <>
          {shown !== "unknown" && (
            <LevelSummary levels={levels.services} isNarrowed={isNarrowed} onNarrow={setNarrowed} />
          )}
          <LevelTable
            rows={rows(levels, seen)}
            logLevels={logLevels}
            isHeld={held !== null}
            isNarrowed={isNarrowed && shown !== "unknown"}
          />
        </>
      ) : (
        step.step === "reading" && (
          <p className="levels-waiting soft" role="status">
            {loglevels.reading}
          </p>
        )
      )}
      {step.step === "confirming" && <ConfirmLevels changes={step.changes} logLevels={logLevels} target={target} />}
    </main>
  );
}

/** Why nothing can be changed now. */
function useHeld({ truth }: LogLevels): string | null {
  const { loglevels } = useMessages();
  const isReadOnly = useLive((live) => knownValue(live.modes.read_only) === true);
  const phase = useLive((live) => live.phase.phase);
  if (phase === "stopped") return loglevels.heldStopped;
  if (phase !== "open" || truth.state !== "known") return loglevels.heldUnknown;
  return isReadOnly ? loglevels.heldReadOnly : null;
}

/** What it is, how old it is, and what to do with what was chosen. `held`: why nothing can be applied. */
function Head({ logLevels, held }: { logLevels: LogLevels; held: string | null }) {
  const { loglevels } = useMessages();
  const { truth, changes, step } = logLevels;
  const isApplying = step.step === "applying";
  const count = changes.length;
  return (
    <header className="levels-head">
      <div className="levels-title">
        <h2>{loglevels.title}</h2>
        <p className="soft small">{loglevels.explain}</p>
      </div>
      {truth.state !== "unknown" && <ReadAgo at={truth.at} />}
      <Button
        icon="refresh"
        tooltip={loglevels.refreshTooltip}
        isBusy={step.step === "reading" || isApplying}
        data-testid="log-levels-refresh"
        onClick={logLevels.refresh}
      >
        {loglevels.refresh}
      </Button>
      <span className="levels-count" role="status" data-testid="log-levels-count" data-value={count}>
        {isApplying ? loglevels.applying : count === 0 ? loglevels.noChanges : loglevels.changes(count)}
      </span>
      <Button isHeld={count === 0 || isApplying} data-testid="log-levels-discard" onClick={logLevels.discard}>
        {loglevels.discard}
      </Button>
      <Button
        kind="primary"
        isHeld={count === 0 || held !== null}
        isBusy={isApplying}
        {...(held !== null && { tooltip: held })}
        data-testid="log-levels-apply"
        onClick={logLevels.apply}
      >
        {loglevels.apply}
      </Button>
    </header>
  );
}

function ReadAgo({ at }: { at: Timestamp }) {
  const { loglevels } = useMessages();
  const format = useFormat();
  const age = useAge(at);
  return (
    <span className="muted small" title={format.fullTime(at)}>
      {loglevels.readAgo(age)}
    </span>
  );
}

/** Why the levels are not known, with what is still shown. */
function NotRead({ logLevels: { truth } }: { logLevels: LogLevels }) {
  const { loglevels } = useMessages();
  const format = useFormat();
  if (truth.state === "known" || truth.problem === null) return null;
  const { problem } = truth;
  const shown = shownAs(truth);
  const title = () => {
    if (truth.state === "unknown") return loglevels.notRead;
    return shown === "unknown" ? loglevels.contradicted(format.time(truth.at)) : loglevels.stale(format.time(truth.at));
  };
  return (
    <Alert tone="unknown" title={title()} testId={`log-levels-${shown}`}>
      <ProblemText problem={problem} withTitle action={loglevels.readAgain} />
    </Alert>
  );
}
