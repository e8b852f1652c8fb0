import type { ModeReading } from "../../generated/ModeReading";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { modeName } from "../../i18n/vocabulary";
import { problem } from "../../ipc";
import { Alert, ProblemText } from "../../shared";
import { lastValue, useLive } from "../../state";
import type { FinishedSwitch } from "./useModeSwitch";

/** A confirmed switch is also seen on its card, so the message leaves by itself. */
const LEAVES_AFTER_MILLISECONDS = 30_000;

/** How the last switch ended. Only a read-back that agrees is called done. */
export function SwitchOutcomeAlert({ finished, onDismiss }: { finished: FinishedSwitch; onDismiss: () => void }) {
  const { modes } = useMessages();
  const format = useFormat();
  const { mode, on, outcome, at } = finished;
  const name = modeName(mode, useLanguage());
  const hasTurnedSince = useLive((live) => lastValue(live.modes[mode]) === !on);
  if (hasTurnedSince && (outcome.outcome === "done" || outcome.outcome === "already")) return null;

  switch (outcome.outcome) {
    case "done":
      return (
        <Alert
          tone="ok"
          title={modes.done(name, on)}
          onDismiss={onDismiss}
          leavesAfter={LEAVES_AFTER_MILLISECONDS}
          testId="switch-outcome"
        >
          {modes.doneText(format.time(at))}
        </Alert>
      );
    case "already":
      return (
        <Alert
          tone="info"
          title={modes.already(name, on)}
          onDismiss={onDismiss}
          leavesAfter={LEAVES_AFTER_MILLISECONDS}
          testId="switch-outcome"
        >
          {modes.alreadyText}
        </Alert>
      );
    case "refused":
      return (
        <Alert tone="error" title={modes.refused(name)} onDismiss={onDismiss} testId="switch-outcome">
          <ProblemText problem={outcome.problem} withTitle />
        </Alert>
      );
    case "without_effect":
      return (
        <Alert tone="error" title={modes.refused(name)} onDismiss={onDismiss} testId="switch-outcome">
          <ProblemText problem={problem("switch_without_effect")} withTitle />
          <ReadBack reading={outcome.read_back} />
        </Alert>
      );
    case "unknown":
      return (
        <Alert tone="unknown" title={modes.unknown(name)} onDismiss={onDismiss} testId="switch-outcome">
          <ProblemText problem={outcome.problem} withTitle />
        </Alert>
      );
  }
}

function ReadBack({ reading }: { reading: ModeReading }) {
  const { common, modes } = useMessages();
  const word = (flag: boolean | null) => (flag === null ? common.unknown : flag ? common.on : common.off);
  return <p className="soft">{modes.readBack(word(reading.job_stop), word(reading.read_only))}</p>;
}
