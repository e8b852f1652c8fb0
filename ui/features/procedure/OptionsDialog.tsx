import { type ReactNode, useId, useState } from "react";
import type { ProcedureOptions } from "../../generated/ProcedureOptions";
import type { Timestamp } from "../../generated/Timestamp";
import { useMessages } from "../../i18n";
import { Button, Dialog, TextInput } from "../../shared";
import { fromLocalInput, localInput } from "./localTime";
import type { ProcedureActs } from "./useProcedureActs";

interface OptionsDialogProps {
  options: ProcedureOptions;
  acts: ProcedureActs;
  target: ReactNode;
  onClose: () => void;
}

/** What may be chosen on the way: when the work should be over, and when to stop waiting for the drain. */
export function OptionsDialog({ options, acts, target, onClose }: OptionsDialogProps) {
  const { common, procedure } = useMessages();
  return (
    <Dialog
      title={procedure.optionsTitle}
      size="small"
      eyebrow={target}
      testId="procedure-options"
      onClose={onClose}
      footer={<Button onClick={onClose}>{common.close}</Button>}
    >
      <TimeField
        key={`end ${options.planned_end}`}
        label={procedure.plannedEnd}
        at={options.planned_end}
        onChange={(at) => acts.request({ act: "planned_end", at })}
        testId="planned-end"
      />
      <TimeField
        key={`give up ${options.give_up_at}`}
        label={procedure.giveUpAt}
        at={options.give_up_at}
        onChange={(at) => acts.request({ act: "give_up_at", at })}
        testId="give-up-at"
      />
    </Dialog>
  );
}

interface TimeFieldProps {
  label: string;
  at: Timestamp | null;
  onChange: (at: Timestamp | null) => void;
  testId: string;
}

function TimeField({ label, at, onChange, testId }: TimeFieldProps) {
  const { procedure } = useMessages();
  const [typed, setTyped] = useState(at === null ? "" : localInput(at));
  const formId = useId();
  const value = fromLocalInput(typed);
  const isValid = typed === "" || value !== null;
  return (
    <form
      id={formId}
      className="settle"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) onChange(value);
      }}
    >
      <TextInput
        label={label}
        type="datetime-local"
        hint={procedure.timeHint}
        error={isValid ? undefined : procedure.timeInvalid}
        value={typed}
        onChange={setTyped}
        testId={testId}
      />
      <Button submit disabled={!isValid}>
        {procedure.apply}
      </Button>
    </form>
  );
}
