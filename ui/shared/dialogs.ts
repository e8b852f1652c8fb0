/** Menus that are open. */
const open = new Set<() => void>();

/** Calls `close` when a dialog comes up; returns the function that no longer does. */
export function closeBeforeDialog(close: () => void): () => void {
  open.add(close);
  return () => {
    open.delete(close);
  };
}

/** A dialog is there: what lies over the page must not lie over it. */
export function dialogIsOpen(): void {
  for (const close of [...open]) close();
}
