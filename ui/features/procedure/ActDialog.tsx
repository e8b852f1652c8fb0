import { type ReactNode, useId, useState } from "react";
import { useFormat, useMessages } from "../../i18n";
import { Affected, Alert, Button, DangerAlerts, Dialog, LockedAlert, NameToType, titleText } from "../../shared";
import { useLive, useLock } from "../../state";
import { actKey, whatHappens } from "./acts";
import { Conditions } from "./Conditions";
import { gateConditions } from "./conditions";
import { RemainingList } from "./RemainingList";
import { StartOptions, useStartProblem } from "./StartOptions";
import type { Asked, ProcedureActs } from "./useProcedureActs";

interface ActDialogProps {
  asked: Asked;
  acts: ProcedureActs;
  /** The environment, name and address of the platform that it is about. */
  target: ReactNode;
}

/** What an act will do, and the confirmation that Rust asks for. Before read-only it is the sheet "point of no return". */
export function ActDialog({ asked, acts, target }: ActDialogProps) {
  const { common, modes, procedure } = useMessages();
  const { act, plan, isAgain } = asked;
  const [typed, setTyped] = useState("");
  const isLocked = useLock() === "closed" && plan.lock_closed;
  const formId = useId();
  const key = actKey(act);
  const texts = procedure.acts[key];
  const needsName = plan.confirmation === "type_name";
  const start = useStartProblem(act);

  return (
    <Dialog
      title={texts.title}
      role="alertdialog"
      size={key === "go_read_only" ? "large" : "medium"}
      eyebrow={target}
      testId="procedure-act"
      onClose={acts.cancel}
      footer={
        <>
          <Button onClick={acts.cancel}>{common.cancel}</Button>
          <Button
            submit
            form={formId}
            kind={needsName ? "danger" : "primary"}
            disabled={isLocked || start.problem !== null || (needsName && typed !== plan.name)}
            {...(start.problem !== null && { tooltip: start.problem })}
            isBusy={acts.isBusy}
            data-testid="confirm"
          >
            {texts.button}
          </Button>
        </>
      }
    >
      {isAgain && (
        <Alert tone="warning" title={modes.again}>
          {modes.againText}
        </Alert>
      )}
      <Consequences asked={asked} />
      {act.act === "start" && (
        <StartOptions
          options={act.options}
          onChange={(options) => acts.change({ act: "start", options })}
          start={start}
        />
      )}
      {isLocked && <LockedAlert onOpen={acts.openLock} />}
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          acts.confirm({ agreed: true, typed_name: needsName ? typed : null });
        }}
      >
        {needsName && <NameToType name={plan.name} typed={typed} onType={setTyped} />}
      </form>
    </Dialog>
  );
}

/** Why it is dangerous, what happens, to whom, and what remains. */
function Consequences({ asked: { act, plan } }: { asked: Asked }) {
  const { modes, procedure } = useMessages();
  const format = useFormat();
  const live = useLive((value) => value);
  const view = live.procedure;
  const key = actKey(act);
  return (
    <>
      <DangerAlerts dangers={plan.dangers} />
      {plan.loses_evidence && (
        <Alert tone="warning" title={procedure.losesEvidence.title} testId="loses-evidence">
          {procedure.losesEvidence.text}
        </Alert>
      )}
      <section className="act-section">
        {act.act === "waive" && <p className="mono">{titleText(act.container)}</p>}
        <ul className="act-list">
          {whatHappens(act, live, procedure).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      {key === "go_read_only" && view && <RemainingList view={view} shows="losses" />}
      {key === "begin_work" && view && <Conditions conditions={gateConditions(view, procedure, format)} />}
      <section className="act-section">
        <h3>{modes.whom}</h3>
        <Affected running={plan.running} />
      </section>
    </>
  );
}
