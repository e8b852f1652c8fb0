import type { ReactNode } from "react";
import { useMessages } from "../i18n";
import { IconButton } from "./Button";
import { Icon, type IconName } from "./icons";
import "./alert.css";

export type AlertTone = "info" | "ok" | "warning" | "error" | "unknown";

const icons: Record<AlertTone, IconName> = {
  info: "info",
  ok: "check",
  warning: "alert",
  error: "alert",
  unknown: "question",
};

interface AlertProps {
  tone: AlertTone;
  title: string;
  children?: ReactNode;
  /** Buttons at the end. */
  actions?: ReactNode;
  onDismiss?: (() => void) | undefined;
  testId?: string;
}

/** Something the person should know, where it belongs. Read out when it appears; at once only when it is an error. */
export function Alert({ tone, title, children, actions, onDismiss, testId }: AlertProps) {
  const { common } = useMessages();
  return (
    <div className={`alert alert-${tone}`} role={tone === "error" ? "alert" : "status"} data-testid={testId}>
      <Icon name={icons[tone]} />
      <div className="alert-text selectable">
        <strong>{title}</strong>
        {children}
      </div>
      {actions && <div className="alert-actions">{actions}</div>}
      {onDismiss && <IconButton icon="close" label={common.dismiss} kind="quiet" onClick={onDismiss} />}
    </div>
  );
}
