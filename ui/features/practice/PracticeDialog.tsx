import { useId, useState } from "react";
import type { PracticeExercise } from "../../generated/PracticeExercise";
import { useMessages } from "../../i18n";
import { Button, Dialog, Segmented } from "../../shared";
import { useApp } from "../../state";
import "./practice.css";

const SPEEDS = [1, 10, 60] as const;

interface PracticeDialogProps {
  onStart: (exercise: PracticeExercise) => void;
  /** The ordinary night with the coach. */
  onGuide: () => void;
  onClose: () => void;
}

/** The situations that the practice platform can play, each with what there is to learn. */
export function PracticeDialog({ onStart, onGuide, onClose }: PracticeDialogProps) {
  const { common, practice } = useMessages();
  const last = useApp((state) => state.preferences.practice);
  const [scenario, setScenario] = useState(last.scenario);
  const [speed, setSpeed] = useState(last.speed);

  return (
    <Dialog
      title={practice.title}
      size="large"
      testId="practice-dialog"
      onClose={onClose}
      footer={
        <>
          <Speed value={speed} onChange={setSpeed} />
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" icon="cap" data-testid="practice-start" onClick={() => onStart({ scenario, speed })}>
            {practice.start}
          </Button>
        </>
      }
    >
      <div className="practice-intro">
        <p className="muted grow">{practice.intro}</p>
        <Button icon="cap" data-testid="practice-guided" onClick={onGuide}>
          {practice.coach.begin}
        </Button>
      </div>
      <Exercises value={scenario} onChange={setScenario} />
    </Dialog>
  );
}

function Exercises({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { practice } = useMessages();
  const name = useId();
  return (
    <fieldset className="exercises" aria-label={practice.title}>
      {Object.entries(practice.exercises).map(([scenario, { title, story, lesson }]) => (
        <label key={scenario} className="exercise" data-testid={`exercise-${scenario}`}>
          <input
            type="radio"
            name={name}
            value={scenario}
            checked={scenario === value}
            onChange={() => onChange(scenario)}
          />
          <b>{title}</b>
          <span>{story}</span>
          <small>
            <span className="visually-hidden">{practice.learn}: </span>
            {lesson}
          </small>
        </label>
      ))}
    </fieldset>
  );
}

/** In the foot: in sight however long the list above is. */
function Speed({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { practice } = useMessages();
  return (
    <div className="practice-speed grow">
      <span className="muted small">{practice.speed}</span>
      <Segmented
        label={practice.speed}
        value={String(value)}
        options={SPEEDS.map((speed) => ({
          value: String(speed),
          label: practice.times(speed),
          testId: `practice-speed-${speed}`,
        }))}
        onChange={(chosen) => onChange(Number(chosen))}
      />
    </div>
  );
}
