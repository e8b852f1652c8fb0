import { useId } from "react";
import type { Environment } from "../../generated/Environment";
import { useMessages } from "../../i18n";
import { Icon, type IconName } from "../../shared";

type Choosable = Exclude<Environment, "practice">;

const choices: readonly { value: Choosable; icon: IconName }[] = [
  { value: "development", icon: "code" },
  { value: "staging", icon: "flask" },
  { value: "production", icon: "alert" },
];

interface EnvironmentChoiceProps {
  value: Environment | null;
  error: string | undefined;
  onChange: (value: Environment) => void;
}

/** Three cards with colour, word and icon, and what each means for a switch. */
export function EnvironmentChoice({ value, error, onChange }: EnvironmentChoiceProps) {
  const { common, connections } = useMessages();
  const id = useId();
  return (
    <fieldset
      className="environments"
      data-testid="connection-environment"
      {...(error && { "aria-describedby": `${id}-error` })}
    >
      <legend className="field-label">{connections.environment}</legend>
      <div className="environment-cards">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={`environment environment-${choice.value}`}
            data-testid={`connection-environment-${choice.value}`}
          >
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              aria-invalid={error ? true : undefined}
              onChange={() => onChange(choice.value)}
            />
            <span className="environment-word">
              <Icon name={choice.icon} />
              {common.environment[choice.value]}
            </span>
            <small>{connections.environmentHelp[choice.value]}</small>
          </label>
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} className="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
