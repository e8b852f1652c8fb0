import { useId } from "react";
import "./segmented.css";

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; testId?: string }[];
  isDisabled?: boolean;
  /** It cannot be changed now, perhaps since just now: whoever is in it keeps the focus. */
  isHeld?: boolean;
  testId?: string;
  onChange: (value: Value) => void;
}

/** One of a few, all in sight: a radio group in the shape of a strip. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const name = useId();
  return (
    <div className="segmented" role="radiogroup" aria-label={props.label} data-testid={props.testId}>
      {props.options.map((option) => (
        <label key={option.value} className="segment" data-testid={option.testId}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === props.value}
            disabled={props.isDisabled}
            aria-disabled={props.isHeld || undefined}
            onChange={() => props.isHeld || props.onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
