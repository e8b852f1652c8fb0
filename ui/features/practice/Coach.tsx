import { useEffect } from "react";
import { useMessages } from "../../i18n";
import { Button, Icon, IconButton } from "../../shared";
import { useLive, useLock } from "../../state";
import { type CoachStep, coaching, pointsAt, WAY } from "./coach";
import "./coach.css";

interface CoachProps {
  onConnect: () => void;
  onAnother: () => void;
  onLeave: () => void;
}

/**
 * Leads once through the whole procedure: what is seen, what to do next, and why. A strip of its own between bar and
 * window, so that it covers nothing of what it talks about.
 */
export function Coach({ onConnect, onAnother, onLeave }: CoachProps) {
  const { practice } = useMessages();
  const { coach } = practice;
  const live = useLive((value) => value);
  const { step, place } = coaching(live, useLock() === "closed");
  usePointing(step);

  return (
    <aside className="coach" aria-label={coach.region} data-testid="coach" data-step={step}>
      <span className="coach-place">
        <Icon name="cap" />
        {coach.place(place, WAY)}
      </span>
      <div className="coach-text" role="status">
        {step === "learnt" ? <Learnt /> : <Next step={step} />}
      </div>
      {step === "learnt" && (
        <div className="coach-actions">
          <Button kind="primary" icon="plug" data-testid="coach-connect" onClick={onConnect}>
            {coach.connect}
          </Button>
          <Button data-testid="coach-another" onClick={onAnother}>
            {coach.another}
          </Button>
        </div>
      )}
      <IconButton icon="close" kind="quiet" label={coach.leave} data-testid="coach-leave" onClick={onLeave} />
    </aside>
  );
}

function Next({ step }: { step: Exclude<CoachStep, "learnt"> }) {
  const { seen, todo, why } = useMessages().practice.coach.steps[step];
  return (
    <>
      <p>
        <span className="soft">{seen}</span> <b>{todo}</b>
      </p>
      <p className="muted small">{why}</p>
    </>
  );
}

function Learnt() {
  const { learnt } = useMessages().practice.coach;
  return (
    <>
      <p>
        <b>{learnt.title}</b>
      </p>
      <ul className="coach-learnt">
        {learnt.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </>
  );
}

/** Marks what the step talks about and brings it into sight. By its id: the coach stands outside of every other feature. */
function usePointing(step: CoachStep): void {
  useEffect(() => {
    const id = pointsAt[step];
    const target = id === null ? null : document.querySelector(`[data-testid="${id}"]`);
    target?.setAttribute("data-coached", "");
    target?.scrollIntoView({ block: "nearest" });
    return () => target?.removeAttribute("data-coached");
  }, [step]);
}
