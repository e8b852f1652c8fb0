import { type ComponentProps, type ReactNode, useId } from "react";
import "./field.css";

interface FieldFrame {
  label: string;
  /** A sentence under the control. */
  hint?: ReactNode;
  /** What is wrong with the value; announced, and marks the control invalid. */
  error?: ReactNode;
  testId?: string;
}

interface FieldProps extends FieldFrame {
  children: (control: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": true | undefined;
  }) => ReactNode;
}

/** Label, control, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": describedBy || undefined, "aria-invalid": error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className="field-error" role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

interface TextInputProps extends FieldFrame, Omit<ComponentProps<"input">, "onChange" | "className" | "value" | "id"> {
  value: string;
  onChange: (value: string) => void;
}

export function TextInput({ label, hint, error, testId, value, onChange, ...rest }: TextInputProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          {...rest}
          {...control}
          className="input"
          value={value}
          data-testid={testId}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

interface SelectProps<Value extends string> extends FieldFrame {
  value: Value;
  options: readonly { value: Value; label: string }[];
  isDisabled?: boolean;
  onChange: (value: Value) => void;
}

/** The system's own select: it is accessible, fast, and opens beyond the window's edge. */
export function Select<Value extends string>({ label, hint, error, testId, ...props }: SelectProps<Value>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select
          {...control}
          className="input"
          value={props.value}
          disabled={props.isDisabled}
          data-testid={testId}
          onChange={(event) => {
            const chosen = props.options.find((option) => option.value === event.target.value);
            if (chosen) props.onChange(chosen.value);
          }}
        >
          {props.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
