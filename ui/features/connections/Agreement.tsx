import { useId } from "react";
import "./certificate.css";

interface AgreementProps {
  text: string;
  isGiven: boolean;
  testId: string;
  /** Why it is needed, once it was missed. */
  error?: string | undefined;
  onChange: (isGiven: boolean) => void;
}

/** A consent of its own. Never given beforehand, and never given for another thing. */
export function Agreement({ text, isGiven, testId, error, onChange }: AgreementProps) {
  const id = useId();
  return (
    <div className="agreement-field">
      <label className="agreement">
        <input
          type="checkbox"
          className="checkbox"
          checked={isGiven}
          data-testid={testId}
          {...(error && { "aria-invalid": true, "aria-describedby": id })}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>{text}</span>
      </label>
      {error && (
        <p id={id} className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
