import type { ProcedurePhase } from "../../generated/ProcedurePhase";
import type { ProcedureView } from "../../generated/ProcedureView";
import { useFormat, useMessages } from "../../i18n";
import { Button } from "../../shared";
import { knownValue, useLive, useLock } from "../../state";
import type { ProcedureActs } from "./useProcedureActs";

/** The phases before the one step that may come by itself. */
const before: ReadonlySet<ProcedurePhase> = new Set(["stopping_jobs", "draining", "point_of_no_return"]);

/** Whether the step to read-only may come by itself, and what can be done about it. Off until it is confirmed. */
export function Automation({ view, acts }: { view: ProcedureView; acts: ProcedureActs }) {
  const { procedure } = useMessages();
  const format = useFormat();
  const lock = useLock();
  const { automation: texts, buttons } = procedure;
  const { automation } = view;
  const isReadOnly = useLive((live) => knownValue(live.modes.read_only) === true);
  if (!before.has(view.phase)) return null;
  const isSet = automation.state === "armed" || automation.state === "held";
  // There is nothing left to come by itself.
  if (isReadOnly && automation.state === "off") return null;
  return (
    <div className="automation" data-testid="procedure-automation" data-state={automation.state}>
      {automation.state === "armed" && <p>{format.sentences(texts.armed, lock === "none" ? undefined : texts.kept)}</p>}
      {automation.state === "held" && <p>{texts.held}</p>}
      {automation.state === "stopped" && <p className="step-warn">{texts.stopped[automation.why]}</p>}
      <div className="procedure-ways">
        {automation.state === "armed" && (
          <Button isBusy={acts.isBusy} onClick={() => acts.request({ act: "hold" })}>
            {buttons.hold}
          </Button>
        )}
        {automation.state === "held" && (
          <Button isBusy={acts.isBusy} onClick={() => acts.request({ act: "continue" })}>
            {buttons.continue}
          </Button>
        )}
        {(isSet || !isReadOnly) && (
          <Button isBusy={acts.isBusy} onClick={() => acts.request({ act: "go_on_by_itself", on: !isSet })}>
            {isSet ? texts.disarm : texts.arm}
          </Button>
        )}
      </div>
    </div>
  );
}
