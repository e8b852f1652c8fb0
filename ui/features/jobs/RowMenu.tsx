import { useRef } from "react";
import { Menu, MenuItem, Popover } from "react-aria-components";
import { useMessages } from "../../i18n";
import { Icon } from "../../shared";
import type { CopyKind } from "./clipboard";

interface RowMenuProps {
  /** Where it opens, in the window. */
  at: { x: number; y: number };
  onCopy: (kind: CopyKind) => void;
  onClose: () => void;
}

/** What can be done with a row; opened by the second mouse button, the menu key or Shift+F10. */
export function RowMenu({ at, onCopy, onClose }: RowMenuProps) {
  const { menu } = useMessages().jobs;
  const anchor = useRef<HTMLSpanElement>(null);
  const items: { kind: CopyKind; text: string; shortcut: string }[] = [
    { kind: "id", text: menu.copyId, shortcut: menu.copyIdKey },
    { kind: "row", text: menu.copyRow, shortcut: menu.copyRowKey },
    { kind: "json", text: menu.copyJson, shortcut: menu.copyJsonKey },
  ];
  return (
    <>
      <span ref={anchor} className="row-menu-anchor" style={{ left: at.x, top: at.y }} aria-hidden="true" />
      <Popover
        triggerRef={anchor}
        isOpen
        onOpenChange={(isOpen) => !isOpen && onClose()}
        placement="bottom start"
        offset={0}
        className="menu-popover row-menu"
        aria-label={menu.label}
      >
        <Menu
          className="menu"
          aria-label={menu.label}
          autoFocus="first"
          onAction={(kind) => {
            onCopy(kind as CopyKind);
            onClose();
          }}
        >
          {items.map(({ kind, text, shortcut }) => (
            <MenuItem key={kind} id={kind} className="menu-item" textValue={text} data-testid={`copy-${kind}`}>
              <Icon name="copy" />
              <span className="menu-text">{text}</span>
              <kbd className="muted small">{shortcut}</kbd>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </>
  );
}
