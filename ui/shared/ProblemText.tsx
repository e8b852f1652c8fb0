import type { Problem } from "../generated/Problem";
import {
  type Format,
  type Messages,
  problemText,
  problemWords,
  severityOf,
  useFormat,
  useLanguage,
  useMessages,
} from "../i18n";
import { Alert } from "./Alert";
import { titleText } from "./visibleText";
import "./problem.css";

/** The facts of a problem that are there, as label and value. */
export function problemFacts(
  { facts }: Problem,
  { common }: Messages,
  format: Format,
): [label: string, value: string][] {
  const lines: [string, string | null][] = [
    [common.factMethod, facts.path === null ? null : `${facts.method ?? ""} ${facts.path}`.trim()],
    [common.factStatus, facts.status === null ? null : String(facts.status)],
    [common.factResult, facts.platform_result],
    [common.factMessage, facts.platform_message],
    [common.factReason, facts.reason],
    [common.factLocation, facts.location],
    [
      common.factRetryAfter,
      facts.retry_after_seconds === null ? null : format.duration(facts.retry_after_seconds * 1000),
    ],
    [
      common.factSize,
      facts.limit === null
        ? null
        : `${facts.actual === null ? "?" : format.bytes(facts.actual)} / ${format.bytes(facts.limit)}`,
    ],
    [common.factFingerprint, facts.certificate?.sha256 ?? null],
    [common.factExpected, facts.expected_sha256],
    [common.factAttempts, facts.attempts === null || facts.attempts < 2 ? null : format.number(facts.attempts)],
    [common.factElapsed, facts.elapsed_ms === null ? null : `${format.number(facts.elapsed_ms)} ms`],
    [common.factTime, facts.platform_time === null ? null : format.fullTime(facts.platform_time)],
  ];
  return lines.filter((line): line is [string, string] => line[1] !== null && line[1] !== "");
}

interface ProblemTextProps {
  problem: Problem;
  withTitle?: boolean;
  /** What to do where it is shown, when that is something else than elsewhere. */
  action?: string;
  /** A sentence to put after what to do. */
  note?: string | undefined;
}

/** What a problem means and what to do, with its facts folded away. The title stands with the caller. */
export function ProblemText({ problem, withTitle = false, action, note }: ProblemTextProps) {
  const messages = useMessages();
  const text = problemWords(problem, useLanguage());
  const format = useFormat();
  const facts = problemFacts(problem, messages, format);
  return (
    <div className="problem" data-problem={problem.code}>
      <p>{format.sentences(withTitle ? text.title : undefined, underWay(problem, messages), text.meaning)}</p>
      <p className="soft">{format.sentences(action ?? text.action, note)}</p>
      {facts.length > 0 && (
        <details className="problem-facts">
          <summary>
            {messages.common.details}
            {/* By which the platform's own logs and manual call it: said without being asked for. */}
            {problem.facts.platform_result && <span className="mono"> {titleText(problem.facts.platform_result)}</span>}
          </summary>
          <dl className="selectable">
            {facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{titleText(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}

/** Which procedure stands in the way, and where. */
function underWay({ facts }: Problem, { procedure, shell }: Messages): string | undefined {
  const found = facts.under_way;
  return found ? procedure.underWayAt(titleText(found.address), shell.backgroundPhase[found.phase]) : undefined;
}

interface ProblemAlertProps {
  problem: Problem;
  actions?: React.ReactNode;
  onDismiss?: () => void;
  testId?: string;
}

/** A problem as an alert in its own colour. */
export function ProblemAlert({ problem, actions, onDismiss, testId }: ProblemAlertProps) {
  const { title } = problemText(problem.code, useLanguage());
  return (
    <Alert
      tone={severityOf(problem.code)}
      title={title}
      actions={actions}
      onDismiss={onDismiss}
      {...(testId && { testId })}
    >
      <ProblemText problem={problem} />
    </Alert>
  );
}
