import type { ReactNode } from "react";
import { useMessages } from "../../i18n";
import { Icon, type IconName } from "../../shared";
import type { Condition } from "./conditions";
import "./conditions.css";

const icons: Record<Condition["state"], IconName> = {
  met: "check",
  waiting: "clock",
  alarm: "alert",
  unknown: "question",
};

interface ConditionsProps {
  conditions: readonly Condition[];
  /** A button beside a condition that can be acted on. */
  action?: (condition: Condition) => ReactNode;
}

/** Conditions one by one; icon and words say the state, not the colour alone. */
export function Conditions({ conditions, action }: ConditionsProps) {
  const { procedure } = useMessages();
  return (
    <ul className="conditions" aria-label={procedure.conditions}>
      {conditions.map((condition) => (
        <li key={condition.key} data-condition={condition.key} data-state={condition.state}>
          <Icon name={icons[condition.state]} />
          <span>
            {condition.text}
            <span className="visually-hidden"> {procedure.conditionState[condition.state]}</span>
          </span>
          {action?.(condition)}
        </li>
      ))}
    </ul>
  );
}
