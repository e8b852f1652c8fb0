import { type ReactNode, useState } from "react";
import type { ProcedureAct } from "../../generated/ProcedureAct";
import { useMessages } from "../../i18n";
import { Age, Button, Icon, Phrases, useMoment } from "../../shared";
import { isUnderWay, useLive } from "../../state";
import { ActDialog } from "./ActDialog";
import { SETTLE_MINUTES } from "./acts";
import { ElsewhereNote } from "./ElsewhereNote";
import { EndedNote } from "./EndedNote";
import { Evidence, tellsEvidence } from "./Evidence";
import { OptionsDialog } from "./OptionsDialog";
import { PhaseBody } from "./PhaseBody";
import { RemainingDialog } from "./RemainingDialog";
import { type Step, shownSteps } from "./steps";
import { useProcedureActs } from "./useProcedureActs";
import "./procedure.css";

/** With nothing chosen: no step by itself. */
const start: ProcedureAct = {
  act: "start",
  options: {
    start_at: null,
    settle_minutes: SETTLE_MINUTES,
    give_up_at: null,
    planned_end: null,
    go_on_by_itself: false,
  },
};

/** The guided procedure: where it stands, what it waits for, and the next act. Before a start it shows the order alone. */
export function ProcedureCard({ target }: { target: ReactNode }) {
  const { procedure } = useMessages();
  const moment = useMoment();
  const live = useLive((value) => value);
  const acts = useProcedureActs();
  const [open, setOpen] = useState<"none" | "remaining" | "options">("none");
  const { procedure: view, procedure_elsewhere: elsewhere } = live;
  const isActive = view !== null && isUnderWay(view.phase);
  const isFirst = view === null || view.phase === "not_started";
  const close = () => setOpen("none");

  return (
    <section className="card procedure" aria-label={procedure.title} data-testid="procedure" data-phase={view?.phase}>
      <h2 className="card-title">{procedure.title}</h2>
      {elsewhere && <ElsewhereNote found={elsewhere} />}
      {view && !isActive && <EndedNote view={view} acts={acts} />}
      <ol>
        {shownSteps(live, procedure, moment).map((step, index) => (
          <StepItem key={step.key} step={step} number={index + 1}>
            {isActive && step.isNext && (
              <PhaseBody
                view={view}
                acts={acts}
                onRemaining={() => setOpen("remaining")}
                onOptions={() => setOpen("options")}
              />
            )}
          </StepItem>
        ))}
      </ol>
      {/* One for each procedure: what was written for the last one is not shown in the next. */}
      {view && tellsEvidence(view.phase) && (
        <Evidence key={`${live.generation} ${view.began_at}`} isPrimary={view.phase === "finished"} />
      )}
      {!isActive && !elsewhere && (
        <div className="procedure-actions">
          <Button
            kind={isFirst ? "primary" : "plain"}
            isBusy={acts.isBusy}
            disabled={live.phase.phase !== "open"}
            data-testid="procedure-start"
            onClick={() => acts.request(start)}
          >
            {isFirst ? procedure.buttons.start : procedure.buttons.startAgain}
          </Button>
        </div>
      )}
      {acts.asked && <ActDialog asked={acts.asked} acts={acts} target={target} />}
      {open === "remaining" && view && <RemainingDialog view={view} target={target} onClose={close} />}
      {open === "options" && view && (
        <OptionsDialog options={view.options} acts={acts} target={target} onClose={close} />
      )}
    </section>
  );
}

function StepItem({ step, number, children }: { step: Step; number: number; children: ReactNode }) {
  const { procedure } = useMessages();
  return (
    <li
      className={step.isDone ? "step-done" : step.isNext ? "step-next" : undefined}
      aria-current={step.isNext ? "step" : undefined}
      data-step={step.key}
      data-testid={step.isNext ? "procedure-next" : undefined}
    >
      <span className="step-mark" aria-hidden="true">
        {step.isDone ? <Icon name="check" /> : number}
      </span>
      <div className="step-content">
        <b>{procedure.steps[step.key]}</b>
        {step.isDone && <span className="visually-hidden">{procedure.stepDone}</span>}
        {step.isNext && <span className="visually-hidden">{procedure.stepNext}</span>}
        {step.hint !== "" && (
          <small className={step.tone && `step-${step.tone}`}>
            <Phrases text={step.hint} />
            {step.at !== undefined && (
              <>
                {" "}
                <Age at={step.at} />
              </>
            )}
          </small>
        )}
        {children}
      </div>
    </li>
  );
}
