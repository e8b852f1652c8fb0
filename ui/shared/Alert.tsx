import { type ReactNode, useEffect, useState } from "react";
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
  /** When it was noticed, as the language writes it. */
  time?: string;
  children?: ReactNode;
  /** Buttons at the end. */
  actions?: ReactNode;
  onDismiss?: (() => void) | undefined;
  /** Dismisses itself after so many milliseconds in which nobody points at it or has the focus in it. */
  leavesAfter?: number;
  testId?: string;
}

/** Something the person should know, where it belongs. Read out when it appears; at once only when it is an error. */
export function Alert({ tone, title, time, children, actions, onDismiss, leavesAfter, testId }: AlertProps) {
  const { common } = useMessages();
  const hold = useLeaving(leavesAfter, onDismiss);
  return (
    <div className={`alert alert-${tone}`} role={tone === "error" ? "alert" : "status"} data-testid={testId} {...hold}>
      <Icon name={icons[tone]} />
      <div className="alert-text selectable">
        {time !== undefined && (
          <>
            <span className="alert-time" title={common.noticedAt}>
              {time}
            </span>{" "}
          </>
        )}
        <strong>{title}</strong>
        {children}
      </div>
      {actions && <div className="alert-actions">{actions}</div>}
      {onDismiss && <IconButton icon="close" label={common.dismiss} kind="quiet" onClick={onDismiss} />}
    </div>
  );
}

/** Handlers that keep the alert while somebody is at it. */
function useLeaving(after: number | undefined, onLeave: (() => void) | undefined) {
  const [isPointedAt, setPointedAt] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  const isHeld = isPointedAt || hasFocus;
  useEffect(() => {
    if (after === undefined || !onLeave || isHeld) return;
    const timer = setTimeout(onLeave, after);
    return () => clearTimeout(timer);
  }, [after, onLeave, isHeld]);
  if (after === undefined) return {};
  return {
    onPointerEnter: () => setPointedAt(true),
    onPointerLeave: () => setPointedAt(false),
    onFocus: () => setFocus(true),
    onBlur: () => setFocus(false),
  };
}
