import "./switch.css";

interface SwitchProps {
  /** Null: not known, shown hatched with the knob in the middle. */
  isOn: boolean | null;
  /** What it switches; the state in words belongs into the element that `describedBy` names. */
  label: string;
  describedBy?: string;
  isBusy?: boolean;
  isDisabled?: boolean;
  tooltip?: string;
  testId?: string;
  onSwitch: () => void;
}

/** A switch that shows the truth and nothing else: a click asks, it never moves the knob by itself. */
export function Switch({ isOn, label, describedBy, isBusy, isDisabled, tooltip, testId, onSwitch }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={isOn ?? "mixed"}
      aria-label={label}
      aria-describedby={describedBy}
      aria-busy={isBusy || undefined}
      disabled={isDisabled}
      title={tooltip}
      data-testid={testId}
      onClick={isBusy ? undefined : onSwitch}
    >
      <span className="switch-knob" />
    </button>
  );
}
