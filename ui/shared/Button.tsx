import type { ComponentProps, ReactNode } from "react";
import { Icon, type IconName } from "./icons";
import "./button.css";

export type ButtonKind = "plain" | "primary" | "danger" | "quiet";

interface ButtonProps extends Omit<ComponentProps<"button">, "className" | "title" | "type"> {
  kind?: ButtonKind;
  icon?: IconName;
  submit?: boolean;
  /** Shown on hover, where the label is not enough. */
  tooltip?: string;
  /** Something is on its way: the button keeps its place and its focus, and does nothing. */
  isBusy?: boolean;
  /** There is nothing to do now, perhaps because it was just done: as `isBusy`, and it looks so. */
  isHeld?: boolean;
  children: ReactNode;
}

/** A button with words. `disabled` and `isHeld` explain themselves by `tooltip`. */
export function Button(props: ButtonProps) {
  const { kind = "plain", icon, submit, tooltip, isBusy, isHeld, children, onClick, ...rest } = props;
  return (
    <button
      {...rest}
      type={submit ? "submit" : "button"}
      className={`button button-${kind}`}
      title={tooltip}
      aria-busy={isBusy || undefined}
      aria-disabled={isHeld || undefined}
      onClick={isBusy || isHeld ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "className" | "title" | "type" | "children"> {
  icon: IconName;
  /** Its name for screen readers, and the tooltip. */
  label: string;
  kind?: "plain" | "quiet";
  isBusy?: boolean;
}

export function IconButton({ icon, label, kind = "plain", isBusy, onClick, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      className={`button button-${kind} button-icon`}
      aria-label={label}
      title={label}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? undefined : onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
