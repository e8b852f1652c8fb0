import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { Connection } from "../../generated/Connection";
import { useMessages } from "../../i18n";
import { Button, Dialog, ProblemAlert, visibleText } from "../../shared";
import { ConnectionFields } from "./ConnectionFields";
import { ConnectionTest } from "./ConnectionTest";
import { DeleteConnection } from "./DeleteConnection";
import { type ConnectionForm, useConnectionForm } from "./useConnectionForm";
import { usePinning } from "./usePinning";
import "./connection.css";

interface ConnectionDialogProps {
  /** Null: a new one. */
  connection: Connection | null;
  /** Opens at the platform's time zone, in the advanced part. */
  asksZone?: boolean;
  /** It was saved (and its password is in the keyring if it belongs there); the window connects with it. */
  onSaved: (connection: Connection, password: string | null) => void;
  onClose: () => void;
}

/** The connection form with its step-by-step test. */
export function ConnectionDialog({ connection, asksZone = false, onSaved, onClose }: ConnectionDialogProps) {
  const { connections } = useMessages();
  const formId = useId();
  const element = useRef<HTMLFormElement>(null);
  const part = useConnectionForm(connection, onSaved);
  const [isAdvanced, setAdvanced] = useState(
    asksZone || (connection !== null && connection.certificate.kind !== "system"),
  );
  const { run, stop, pin, ...tested } = usePinning(part, connection, () => setAdvanced(true));
  const { tries } = part;

  useEffect(() => {
    if (tries > 0) element.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [tries]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void part.save();
  };

  return (
    <Dialog
      title={connection ? connections.titleEdit(visibleText(connection.name)) : connections.titleNew}
      size="large"
      testId="connection-form"
      onClose={onClose}
      footer={<Footer part={part} connection={connection} formId={formId} onClose={onClose} />}
    >
      <div className="connection-columns">
        <form id={formId} ref={element} className="connection-form" noValidate onSubmit={submit}>
          {part.problem && <ProblemAlert problem={part.problem} testId="connection-problem" />}
          <ConnectionFields
            part={part}
            connection={connection}
            asksZone={asksZone}
            isAdvanced={isAdvanced}
            onAdvanced={setAdvanced}
          />
        </form>
        <ConnectionTest {...tested} onRun={run} onStop={stop} onPin={pin} />
      </div>
    </Dialog>
  );
}

interface FooterProps {
  part: ConnectionForm;
  connection: Connection | null;
  formId: string;
  onClose: () => void;
}

function Footer({ part, connection, formId, onClose }: FooterProps) {
  const { common, connections } = useMessages();
  return (
    <>
      {connection && <DeleteConnection connection={connection} onDeleted={onClose} />}
      <span className="grow field-error" role="status">
        {part.errorCount > 0 && connections.error.summary(part.errorCount)}
      </span>
      <Button onClick={onClose}>{common.cancel}</Button>
      <Button submit kind="primary" form={formId} isBusy={part.isSaving} data-testid="connection-save">
        {connections.save}
      </Button>
    </>
  );
}
