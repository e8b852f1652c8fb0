import { useId } from "react";
import { Phrases } from "./Phrases";
import "./field.css";
import "./tick.css";

interface TickProps {
  label: string;
  hint?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  testId?: string;
}

/** A box to tick, with what it means below. */
export function Tick({ label, hint, isOn, onChange, testId }: TickProps) {
  const id = useId();
  return (
    <div className="tick">
      <input
        type="checkbox"
        className="checkbox"
        id={id}
        checked={isOn}
        aria-describedby={hint && `${id}-hint`}
        data-testid={testId}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>
        <Phrases text={label} />
      </label>
      {hint && (
        <p id={`${id}-hint`} className="muted small">
          <Phrases text={hint} />
        </p>
      )}
    </div>
  );
}
