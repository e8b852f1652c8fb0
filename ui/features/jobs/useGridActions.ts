import { type KeyboardEvent, type MouseEvent, useState } from "react";
import type { JobColumn } from "../../generated/JobColumn";
import type { JobRow } from "../../generated/JobRow";
import type { CopyKind } from "./clipboard";
import { columns } from "./columns";
import { placeOf, type useGridFocus } from "./useGridFocus";

interface GridActionsOptions {
  focus: ReturnType<typeof useGridFocus>;
  rowAt: (index: number) => JobRow | undefined;
  onSort: (column: JobColumn) => void;
  onCopy: (row: JobRow, kind: CopyKind) => void;
}

const copyKinds: Record<string, CopyKind> = { c: "id", "shift+c": "row", "alt+c": "json" };

function copyKind({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): CopyKind | null {
  if (!ctrlKey && !metaKey) return null;
  return copyKinds[`${shiftKey ? "shift+" : ""}${altKey ? "alt+" : ""}${key.toLowerCase()}`] ?? null;
}

/** What keys and the mouse do in the grid besides moving the focus: sort, copy, and open the menu of a row. */
export function useGridActions({ focus, rowAt, onSort, onCopy }: GridActionsOptions) {
  const { active } = focus;
  const [menu, setMenu] = useState<{ row: JobRow; x: number; y: number } | null>(null);

  const openMenu = (element: Element, index: number, x?: number, y?: number) => {
    const row = rowAt(index);
    if (!row) return;
    const box = element.getBoundingClientRect();
    setMenu({ row, x: x || box.left + 8, y: y || box.bottom });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (focus.onKeyDown(event)) return;
    const column = columns[active.column];
    if (active.row < 0) {
      if ((event.key !== "Enter" && event.key !== " ") || !column) return;
      event.preventDefault();
      onSort(column.id);
      return;
    }
    const row = rowAt(active.row);
    const kind = copyKind(event);
    if (row && kind) {
      event.preventDefault();
      onCopy(row, kind);
    } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      openMenu(event.target as Element, active.row);
    }
  };

  const onClick = (event: MouseEvent) => {
    const place = placeOf(event.target);
    if (!place) return;
    focus.moveTo(place);
    const column = columns[place.column];
    if (place.row < 0 && column) onSort(column.id);
  };

  const onContextMenu = (event: MouseEvent) => {
    const place = placeOf(event.target);
    if (!place || place.row < 0) return;
    event.preventDefault();
    focus.moveTo(place);
    openMenu(event.target as Element, place.row, event.clientX, event.clientY);
  };

  return { menu, closeMenu: () => setMenu(null), onKeyDown, onClick, onContextMenu };
}
