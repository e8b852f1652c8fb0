import { type ReactNode, useEffect, useRef } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useMessages } from "../i18n";
import { IconButton } from "./Button";
import { dialogIsOpen } from "./dialogs";
import "./dialog.css";

interface DialogProps {
  title: string;
  /** `alertdialog` interrupts: a confirmation, a certificate. */
  role?: "dialog" | "alertdialog";
  size?: "small" | "medium" | "large";
  /** Shown above the title in the environment's colour, for what concerns a platform. */
  eyebrow?: ReactNode;
  children: ReactNode;
  /** Buttons, the leaving one first. */
  footer?: ReactNode;
  testId?: string;
  /** Something is under way: a click outside does nothing. */
  isHeld?: boolean;
  /** Escape, the close button, and for plain dialogs a click outside. */
  onClose: () => void;
}

/** A modal dialog; it is open as long as it is rendered. */
export function Dialog({
  title,
  role = "dialog",
  size = "medium",
  eyebrow,
  children,
  footer,
  testId,
  isHeld = false,
  onClose,
}: DialogProps) {
  const { common } = useMessages();
  const dialog = useRef<HTMLElement>(null);
  useEffect(dialogIsOpen, []);
  // A button that had the focus may have gone with what it did; Escape would then reach nobody.
  useEffect(() => {
    if (document.activeElement === document.body) dialog.current?.focus();
  });
  return (
    <ModalOverlay
      isOpen
      isDismissable={role === "dialog" && !isHeld}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className="dialog-veil"
    >
      <Modal className={`dialog-box dialog-${size}`}>
        <AriaDialog ref={dialog} role={role} className="dialog" {...(testId && { "data-testid": testId })}>
          <header className="dialog-head">
            <div className="grow">
              {eyebrow}
              <Heading slot="title" level={2}>
                {title}
              </Heading>
            </div>
            <IconButton icon="close" label={common.close} kind="quiet" onClick={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
          {footer && <footer className="dialog-foot">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
