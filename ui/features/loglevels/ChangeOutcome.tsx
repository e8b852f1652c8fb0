import type { ChangedLevel } from "../../generated/ChangedLevel";
import type { LevelOutcome } from "../../generated/LevelOutcome";
import type { Timestamp } from "../../generated/Timestamp";
import { severityOf, useFormat, useMessages } from "../../i18n";
import { Alert, type AlertTone, ProblemText, shownText } from "../../shared";
import { type FinishedChange, readingText, worst } from "./levels";

/** What was confirmed is also seen in its lines, so the message leaves by itself. */
const LEAVES_AFTER_MILLISECONDS = 30_000;

const tones: Record<LevelOutcome, AlertTone> = {
  done: "ok",
  already: "info",
  not_sent: "info",
  changed_elsewhere: "warning",
  refused: "error",
  without_effect: "error",
  unknown: "unknown",
};

interface ChangeOutcomeProps {
  finished: FinishedChange;
  onDismiss: () => void;
}

/** How the last change ended. Only a read-back that agrees is called done. */
export function ChangeOutcome({ finished, onDismiss }: ChangeOutcomeProps) {
  const { loglevels } = useMessages();
  const format = useFormat();
  const { services, problem, at } = finished;
  // A defect, of the way to the core too, says nothing about whether something was sent.
  const outcome = worst(services) ?? (problem?.code === "internal" ? "unknown" : "not_sent");
  const concerned = services.filter((service) => service.outcome === outcome);
  const isGood = outcome === "done" || outcome === "already";
  const text = {
    done: loglevels.doneText(format.time(at)),
    already: loglevels.alreadyText,
    changed_elsewhere: loglevels.changedElsewhereText,
    without_effect: loglevels.withoutEffectText,
    unknown: loglevels.unknownText,
    refused: loglevels.neverAgain,
    not_sent: loglevels.neverAgain,
  }[outcome];
  return (
    <Alert
      tone={outcome === "not_sent" && problem ? severityOf(problem.code) : tones[outcome]}
      title={outcome === "done" ? loglevels.done(concerned.length) : loglevels.ended[outcome]}
      onDismiss={onDismiss}
      testId="log-levels-outcome"
      {...(isGood && { leavesAfter: LEAVES_AFTER_MILLISECONDS })}
    >
      {problem ? <ProblemText problem={problem} withTitle action={text} /> : text}
      {!isGood && <Readings services={concerned} at={at} />}
    </Alert>
  );
}

/** What these services read at that time. */
function Readings({ services, at }: { services: readonly ChangedLevel[]; at: Timestamp }) {
  const { loglevels } = useMessages();
  const format = useFormat();
  if (services.length === 0) return null;
  return (
    <ul className="level-changes selectable">
      {services.map(({ service, to, read }) => (
        <li key={service}>
          <span className="mono">{shownText(service)}</span>
          <span className="level-step">{loglevels.readThen(to, format.time(at), readingText(read, loglevels))}</span>
        </li>
      ))}
    </ul>
  );
}
