import { useMessages } from "../../i18n";
import { Icon } from "../../shared";
import { useLive } from "../../state";
import { recommendedSteps } from "./steps";
import "./procedure.css";

/** The platform's recommended order and where it stands. It shows, and does nothing. */
export function ProcedureCard() {
  const { procedure } = useMessages();
  const live = useLive((value) => value);
  return (
    <section className="card procedure" aria-label={procedure.title} data-testid="procedure">
      <h2 className="card-title">{procedure.title}</h2>
      <ol>
        {recommendedSteps(live, procedure).map((step, index) => (
          <li
            key={step.key}
            className={step.isDone ? "step-done" : step.isNext ? "step-next" : undefined}
            aria-current={step.isNext ? "step" : undefined}
            data-step={step.key}
            data-testid={step.isNext ? "procedure-next" : undefined}
          >
            <span className="step-mark" aria-hidden="true">
              {step.isDone ? <Icon name="check" /> : index + 1}
            </span>
            <div>
              <b>{procedure.steps[step.key]}</b>
              {step.isDone && <span className="visually-hidden">{procedure.stepDone}</span>}
              {step.isNext && <span className="visually-hidden">{procedure.stepNext}</span>}
              <small className={step.tone && `step-${step.tone}`}>{step.hint}</small>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
