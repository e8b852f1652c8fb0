import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { Connection } from "../../generated/Connection";
import { useMessages } from "../../i18n";
import { Button, Dialog, ProblemAlert, TextInput, visibleText } from "../../shared";
import { AddressField } from "./AddressField";
import { AdvancedFields, advancedFields } from "./AdvancedFields";
import { ConnectionTest } from "./ConnectionTest";
import { DeleteConnection } from "./DeleteConnection";
import { EnvironmentChoice } from "./EnvironmentChoice";
import { groupedFingerprint, toDraft } from "./form";
import { SecretFields } from "./SecretFields";
import { useConnectionForm } from "./useConnectionForm";
import { useConnectionTest } from "./useConnectionTest";
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
  const { common, connections } = useMessages();
  const formId = useId();
  const element = useRef<HTMLFormElement>(null);
  const part = useConnectionForm(connection, onSaved);
  const { form, change, tries } = part;
  const test = useConnectionTest();
  const [pinned, setPinned] = useState<string | null>(null);
  const [isAdvanced, setAdvanced] = useState(
    asksZone || (connection !== null && connection.certificate.kind !== "system"),
  );
  const draft = toDraft(form, connection);
  const isOutdated = test.tested !== null && JSON.stringify(test.tested) !== JSON.stringify(draft);

  useEffect(() => {
    if (tries > 0) element.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [tries]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void part.save();
  };

  const run = () => {
    setPinned(null);
    void test.run(draft, part.password);
  };

  const pin = (sha256: string, acceptExpired: boolean) => {
    change({ certificate: "pinned", fingerprint: groupedFingerprint(sha256), acceptExpired });
    setPinned(sha256);
    setAdvanced(true);
  };

  return (
    <Dialog
      title={connection ? connections.titleEdit(visibleText(connection.name)) : connections.titleNew}
      size="large"
      testId="connection-form"
      onClose={onClose}
      footer={
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
      }
    >
      <div className="connection-columns">
        <form id={formId} ref={element} className="connection-form" noValidate onSubmit={submit}>
          {part.problem && <ProblemAlert problem={part.problem} testId="connection-problem" />}
          <Fields
            part={part}
            connection={connection}
            asksZone={asksZone}
            isAdvanced={isAdvanced}
            onAdvanced={setAdvanced}
          />
        </form>
        <ConnectionTest
          test={test}
          isOutdated={isOutdated}
          hasPinned={pinned !== null && form.certificate === "pinned"}
          onRun={run}
          onPin={pin}
        />
      </div>
    </Dialog>
  );
}

interface FieldsProps {
  part: ReturnType<typeof useConnectionForm>;
  connection: Connection | null;
  asksZone: boolean;
  isAdvanced: boolean;
  onAdvanced: (isAdvanced: boolean) => void;
}

/** Everything of a connection; what most leave alone is folded away until something in it is wrong. */
function Fields({ part, connection, asksZone, isAdvanced, onAdvanced }: FieldsProps) {
  const { connections } = useMessages();
  const { form, change, errorOf, errors } = part;
  const hasAdvancedError = advancedFields.some((field) => errors[field]);
  return (
    <>
      <TextInput
        label={connections.name}
        hint={connections.nameHint}
        value={form.name}
        onChange={(name) => change({ name })}
        error={errorOf("name")}
        testId="connection-name"
      />
      <AddressField form={form} change={change} errorOf={errorOf} checked={part.checked} />
      <EnvironmentChoice
        value={form.environment}
        error={errorOf("environment")}
        onChange={(environment) => change({ environment })}
      />
      <SecretFields form={form} change={change} errorOf={errorOf} connection={connection} />
      <details
        className="advanced-fold"
        open={isAdvanced || hasAdvancedError}
        onToggle={(event) => onAdvanced(event.currentTarget.open)}
      >
        <summary data-testid="connection-advanced">{connections.advanced}</summary>
        <AdvancedFields form={form} change={change} errorOf={errorOf} asksZone={asksZone} />
      </details>
    </>
  );
}
