import type { ReactNode } from "react";
import { useId } from "react";
import { Segmented } from "../../shared";
import type { FieldName, FormState } from "./form";

/** What every part of the form gets. */
export interface FormPart {
  form: FormState;
  change: (change: Partial<FormState>) => void;
  /** The sentence beside a field, once it has to be said. */
  errorOf: (field: FieldName) => string | undefined;
}

interface ChoiceFieldProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  /** What the chosen one means. */
  hint: string;
  testId: string;
  children?: ReactNode;
  onChange: (value: Value) => void;
}

/** One of a few with a sentence on the chosen one. */
export function ChoiceField<Value extends string>({
  label,
  hint,
  testId,
  children,
  ...choice
}: ChoiceFieldProps<Value>) {
  const id = useId();
  return (
    <div className="field" aria-describedby={id}>
      <span className="field-label">{label}</span>
      <Segmented
        {...choice}
        label={label}
        testId={testId}
        options={choice.options.map((option) => ({ ...option, testId: `${testId}-${option.value}` }))}
      />
      <p id={id} className="field-hint">
        {hint}
      </p>
      {children}
    </div>
  );
}
