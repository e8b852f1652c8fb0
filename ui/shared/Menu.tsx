import { type ReactNode, useEffect, useState } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  Button,
  Header,
  MenuTrigger,
  Popover,
  Separator,
} from "react-aria-components";
import { closeBeforeDialog } from "./dialogs";
import { Icon, type IconName } from "./icons";
import "./button.css";
import "./menu.css";

interface MenuProps {
  label: ReactNode;
  /** Its name for screen readers where `label` alone does not say it. */
  name?: string;
  icon?: IconName;
  testId?: string;
  children: ReactNode;
}

/**
 * A button that opens a menu of `MenuItem`, `MenuSection` and `MenuSeparator`. A dialog closes it: one that comes up by
 * itself, or after a dialog of the system's, finds the menu open again.
 */
export function Menu({ label, name, icon, testId, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => (isOpen ? closeBeforeDialog(() => setOpen(false)) : undefined), [isOpen]);
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        className="button button-plain"
        {...(name && { "aria-label": name })}
        {...(testId && { "data-testid": testId })}
      >
        {icon && <Icon name={icon} />}
        {label}
        <Icon name="chevron-down" />
      </Button>
      <Popover className="menu-popover" placement="bottom end" offset={4}>
        <AriaMenu className="menu">{children}</AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

interface MenuItemProps {
  id: string;
  icon?: IconName;
  /** In the place of the icon. */
  mark?: ReactNode;
  /** What type-ahead and screen readers take. */
  text: string;
  detail?: string;
  isCurrent?: boolean;
  isDisabled?: boolean;
  testId?: string;
  onAction: () => void;
}

export function MenuItem({
  id,
  icon,
  mark,
  text,
  detail,
  isCurrent,
  isDisabled = false,
  testId,
  onAction,
}: MenuItemProps) {
  return (
    <AriaMenuItem
      id={id}
      className="menu-item"
      textValue={text}
      isDisabled={isDisabled}
      onAction={onAction}
      {...(testId && { "data-testid": testId })}
    >
      {mark ?? (icon ? <Icon name={icon} /> : <span className="menu-gap" />)}
      <span className="menu-text">
        {text}
        {detail && <small>{detail}</small>}
      </span>
      {isCurrent && <Icon name="check" />}
    </AriaMenuItem>
  );
}

export function MenuSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <AriaMenuSection>
      <Header className="menu-header">{title}</Header>
      {children}
    </AriaMenuSection>
  );
}

export function MenuSeparator() {
  return <Separator className="menu-separator" />;
}
