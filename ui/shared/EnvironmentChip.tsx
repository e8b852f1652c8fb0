import type { Environment } from "../generated/Environment";
import { useMessages } from "../i18n";
import { Icon, type IconName } from "./icons";
import "./environment.css";

const icons: Record<Environment, IconName> = {
  development: "code",
  staging: "flask",
  production: "alert",
  practice: "cap",
};

/** Colour and icon alone, for where the word stands beside it. */
export function EnvironmentMark({ environment }: { environment: Environment }) {
  return (
    <span className="environment-mark" data-environment={environment}>
      <Icon name={icons[environment]} />
    </span>
  );
}

/** Colour, word and icon: an environment is never told by colour alone. */
export function EnvironmentChip({ environment }: { environment: Environment }) {
  const { common } = useMessages();
  return (
    <span className="environment-chip" data-environment={environment} data-testid="environment">
      <Icon name={icons[environment]} />
      {common.environment[environment]}
    </span>
  );
}
