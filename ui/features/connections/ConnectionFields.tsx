import type { Connection } from "../../generated/Connection";
import { useMessages } from "../../i18n";
import { TextInput } from "../../shared";
import { AddressField } from "./AddressField";
import { AdvancedFields, advancedFields } from "./AdvancedFields";
import { EnvironmentChoice } from "./EnvironmentChoice";
import { SecretFields } from "./SecretFields";
import type { ConnectionForm } from "./useConnectionForm";

interface ConnectionFieldsProps {
  part: ConnectionForm;
  connection: Connection | null;
  asksZone: boolean;
  isAdvanced: boolean;
  onAdvanced: (isAdvanced: boolean) => void;
}

/** Everything of a connection; what most leave alone is folded away until something in it is wrong. */
export function ConnectionFields({ part, connection, asksZone, isAdvanced, onAdvanced }: ConnectionFieldsProps) {
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
      <AddressField
        form={form}
        change={change}
        errorOf={errorOf}
        checked={part.checked}
        saved={connection?.address ?? null}
      />
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
