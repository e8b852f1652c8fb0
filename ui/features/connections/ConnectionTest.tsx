import type { CertificateFacts } from "../../generated/CertificateFacts";
import type { StepResult } from "../../generated/StepResult";
import type { TestStep } from "../../generated/TestStep";
import { problemText, useLanguage, useMessages } from "../../i18n";
import { zoneWords } from "../../i18n/zoneWords";
import { testSteps } from "../../ipc";
import { Button, Icon, type IconName, PlainText, ProblemAlert, ProblemText } from "../../shared";
import { CertificateCard } from "./CertificateCard";
import { PinCertificate, pinOf } from "./PinCertificate";
import type { ConnectionTestState } from "./useConnectionTest";
import "./test.css";

type Standing = StepResult["outcome"] | "running" | "waiting";

const icons: Record<Standing, IconName> = {
  passed: "check",
  warned: "alert",
  failed: "close",
  skipped: "minus",
  running: "refresh",
  waiting: "clock",
};

interface ConnectionTestProps {
  test: ConnectionTestState;
  /** The form changed since. */
  isOutdated: boolean;
  /** A certificate was pinned by this form since the test. */
  hasPinned: boolean;
  onRun: () => void;
  onStop: () => void;
  onPin: (certificate: CertificateFacts, acceptExpired: boolean) => void;
}

/** The steps of the test with what came of each, as they come. */
export function ConnectionTest({ test, isOutdated, hasPinned, onRun, onStop, onPin }: ConnectionTestProps) {
  const { connections } = useMessages();
  const words = connections.test;
  const hasRun = test.tested !== null;
  const current = test.isRunning ? testSteps.find((step) => !test.results[step]) : undefined;
  const untold = hasRun && !test.isRunning ? "skipped" : "waiting";
  return (
    <section className="connection-test" aria-label={words.title}>
      <header>
        <h3>{words.title}</h3>
        {test.isRunning && (
          <Button data-testid="connection-test-stop" onClick={onStop}>
            {words.stop}
          </Button>
        )}
        <Button icon="plug" isBusy={test.isRunning} data-testid="connection-test" onClick={onRun}>
          {hasRun ? words.again : words.run}
        </Button>
      </header>
      {!hasRun && <p className="small soft">{words.intro}</p>}
      {hasPinned && (
        <p className="note-ok small" role="status">
          {connections.pin.done}
        </p>
      )}
      {isOutdated && !hasPinned && <p className="small note-warning">{words.outdated}</p>}
      {test.isStopped && (
        <p className="small note-warning" role="status">
          {words.stopped}
        </p>
      )}
      {test.problem && <ProblemAlert problem={test.problem} />}
      <ol className="test-steps" aria-live="polite">
        {testSteps.map((step) => (
          <Step
            key={step}
            step={step}
            result={test.results[step]}
            standing={test.results[step]?.outcome ?? (step === current ? "running" : untold)}
            onPin={hasPinned ? null : onPin}
          />
        ))}
      </ol>
    </section>
  );
}

interface StepProps {
  step: TestStep;
  result: StepResult | undefined;
  standing: Standing;
  onPin: ConnectionTestProps["onPin"] | null;
}

function Step({ step, result, standing, onPin }: StepProps) {
  const { test } = useMessages().connections;
  return (
    <li className={`test-step test-${standing}`} data-step={step} data-outcome={standing}>
      <span className="test-mark">
        <Icon name={icons[standing]} />
      </span>
      <div className="test-text">
        <p className="test-line">
          <span className="test-name">{test.steps[step]}</span>
          <span className="test-outcome">{test.outcome[standing]}</span>
        </p>
        {result && <StepDetails result={result} onPin={onPin} />}
      </div>
    </li>
  );
}

function StepDetails({ result, onPin }: { result: StepResult; onPin: StepProps["onPin"] }) {
  const language = useLanguage();
  const { jobs } = useMessages();
  const note = useNote(result);
  const problem = "problem" in result ? result.problem : null;
  const certificate = result.certificate ?? problem?.facts.certificate ?? null;
  const isPinnable = problem?.code === "certificate_untrusted" || problem?.code === "certificate_changed";
  return (
    <>
      {note && (
        <p className="small soft selectable">
          <PlainText text={note} />
        </p>
      )}
      {result.zone && <p className="small soft">{zoneWords(result.zone, jobs)}</p>}
      {problem && (
        <div className="test-problem small">
          <strong>{problemText(problem.code, language).title}</strong>
          <ProblemText problem={problem} />
        </div>
      )}
      {certificate && !(isPinnable && onPin) && <CertificateCard certificate={certificate} />}
      {certificate && isPinnable && onPin && (
        <PinCertificate certificate={certificate} expected={pinOf(problem)} onPin={onPin} />
      )}
    </>
  );
}

/** The value of a step in words; what it is depends on the step (see `TestStep` in the core). */
function useNote({ step, note }: StepResult): string | null {
  const { test } = useMessages().connections;
  if (note === null) return null;
  switch (step) {
    case "read_jobs":
      return test.noteJobs(note);
    case "clock":
      return test.noteClock(note);
    case "login":
      return note === "token" || note === "basic" ? test.noteLogin[note] : note;
    case "tls":
      return null; // the certificate beside it says the same in words
    default:
      return note;
  }
}
