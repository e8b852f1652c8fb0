import type { ChangedLevel } from "../../generated/ChangedLevel";
import { severityOf, useFormat, useMessages } from "../../i18n";
import { Alert, type AlertTone, ProblemText, shownText } from "../../shared";
import { worst } from "./levels";
import type { FinishedChange } from "./useLogLevels";

/** What was confirmed is also seen in its lines, so the message leaves by itself. */
const LEAVES_AFTER_MILLISECONDS = 30_000;

interface ChangeOutcomeProps {
  finished: FinishedChange;
  onDismiss: () => void;
}

/** How the last change ended. Only a read-back that agrees is called done. */
export function ChangeOutcome({ finished, onDismiss }: ChangeOutcomeProps) {
  const { loglevels } = useMessages();
  const format = useFormat();
  const { services, problem, at } = finished;
  const of = (...outcomes: ChangedLevel["outcome"][]) => services.filter(({ outcome }) => outcomes.includes(outcome));
  const common = { onDismiss, testId: "log-levels-outcome" };
  const why = problem && <ProblemText problem={problem} withTitle />;

  switch (worst(services)) {
    case "done":
      return (
        <Alert tone="ok" title={loglevels.done(of("done").length)} leavesAfter={LEAVES_AFTER_MILLISECONDS} {...common}>
          {loglevels.doneText(format.time(at))}
        </Alert>
      );
    case "already":
      return (
        <Alert tone="info" title={loglevels.already} leavesAfter={LEAVES_AFTER_MILLISECONDS} {...common}>
          {loglevels.nothingSent}
        </Alert>
      );
    case "changed_elsewhere":
      return (
        <Alert tone="warning" title={loglevels.changedElsewhere} {...common}>
          {loglevels.changedElsewhereText}
          <Readings services={of("changed_elsewhere")} />
        </Alert>
      );
    case "refused":
      return (
        <Alert tone="error" title={loglevels.refused} {...common}>
          {why}
        </Alert>
      );
    case "without_effect":
      return (
        <Alert tone="error" title={loglevels.withoutEffect} {...common}>
          {loglevels.withoutEffectText}
          <Readings services={of("without_effect")} />
        </Alert>
      );
    case "unknown":
      return (
        <Alert tone="unknown" title={loglevels.unknown} {...common}>
          {problem ? <ProblemText problem={problem} withTitle action={loglevels.unknownText} /> : loglevels.unknownText}
        </Alert>
      );
    case "not_sent":
      return (
        <Alert tone="unknown" title={loglevels.nothingSent} {...common}>
          {problem && <ProblemText problem={problem} withTitle action={loglevels.readAgain} />}
        </Alert>
      );
    default: {
      // A defect, of the way to the core too, says nothing about whether something was sent.
      const isUnknown = problem?.code === "internal";
      const tone: AlertTone = isUnknown ? "unknown" : problem ? severityOf(problem.code) : "info";
      return (
        <Alert tone={tone} title={isUnknown ? loglevels.unknown : loglevels.nothingSent} {...common}>
          {why}
        </Alert>
      );
    }
  }
}

/** What these services read now. */
function Readings({ services }: { services: readonly ChangedLevel[] }) {
  const { loglevels } = useMessages();
  return (
    <ul className="level-changes selectable">
      {services.map(({ service, read }) => (
        <li key={service}>
          <span className="mono">{shownText(service)}</span>
          <span className="level-step">{loglevels.now(read === null ? "null" : shownText(read))}</span>
        </li>
      ))}
    </ul>
  );
}
