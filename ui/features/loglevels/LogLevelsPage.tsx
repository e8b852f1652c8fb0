import type { ReactNode } from "react";
import type { Timestamp } from "../../generated/Timestamp";
import { useFormat, useMessages } from "../../i18n";
import { Alert, Button, IconButton, ProblemText, useAge } from "../../shared";
import { knownValue, lastValue, useLive } from "../../state";
import { ChangeOutcome } from "./ChangeOutcome";
import { ConfirmLevels } from "./ConfirmLevels";
import { LevelTable } from "./LevelTable";
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
  const isOpen = useLive((live) => live.phase.phase === "open");
  const { truth, step } = logLevels;
  const levels = lastValue(truth);
  const held = !isOpen || truth.state !== "known" ? loglevels.heldUnknown : isReadOnly ? loglevels.heldReadOnly : null;

  return (
    <main className="levels" data-testid="log-levels" data-state={truth.state}>
      <Head logLevels={logLevels} held={held} />
      <div className="alerts">
        {alerts}
        {isReadOnly && (
          <Alert tone="info" title={loglevels.readOnly} testId="log-levels-read-only">
            {loglevels.readOnlyText}
          </Alert>
        )}
        <NotRead logLevels={logLevels} />
        {logLevels.finished && <ChangeOutcome finished={logLevels.finished} onDismiss={logLevels.dismiss} />}
      </div>
      {levels ? (
        <LevelTable levels={levels} logLevels={logLevels} isHeld={held !== null} />
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
      <IconButton
        icon="refresh"
        label={loglevels.refresh}
        isBusy={step.step === "reading"}
        disabled={isApplying}
        data-testid="log-levels-refresh"
        onClick={logLevels.refresh}
      />
      <span className="levels-count" role="status" data-testid="log-levels-count" data-value={count}>
        {isApplying ? loglevels.applying : count === 0 ? loglevels.noChanges : loglevels.changes(count)}
      </span>
      <Button disabled={count === 0 || isApplying} data-testid="log-levels-discard" onClick={logLevels.discard}>
        {loglevels.discard}
      </Button>
      <Button
        kind="primary"
        disabled={count === 0 || held !== null}
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
  return (
    <Alert
      tone="unknown"
      title={truth.state === "unknown" ? loglevels.notRead : loglevels.stale(format.time(truth.at))}
      testId={`log-levels-${truth.state}`}
    >
      <ProblemText problem={problem} withTitle action={loglevels.readAgain} />
    </Alert>
  );
}
