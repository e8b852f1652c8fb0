import { type ReactNode, useState } from "react";
import type { ProcedureOptions } from "../../generated/ProcedureOptions";
import type { Timestamp } from "../../generated/Timestamp";
import { useMessages } from "../../i18n";
import { Button, DateTimeField, Dialog } from "../../shared";
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
        label={procedure.plannedEnd}
        at={options.planned_end}
        onChange={(at) => acts.request({ act: "planned_end", at })}
        testId="planned-end"
      />
      <TimeField
        label={procedure.giveUpAt}
        at={options.give_up_at}
        onChange={(at) => acts.request({ act: "give_up_at", at })}
        testId="give-up-at"
      />
      <p className="field-hint">{procedure.timeHint}</p>
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
  const [chosen, setChosen] = useState(at);
  const [isUnfinished, setUnfinished] = useState(false);
  return (
    <form
      className="settle"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isUnfinished) onChange(chosen);
      }}
    >
      <DateTimeField label={label} at={chosen} onChange={setChosen} onUnfinished={setUnfinished} testId={testId} />
      <Button submit disabled={isUnfinished} data-testid={`${testId}-apply`}>
        {procedure.apply}
      </Button>
    </form>
  );
}
