import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";

/** A cell of the grid; row -1 is the header. */
export interface CellPlace {
  row: number;
  column: number;
}

interface GridFocusOptions {
  grid: RefObject<HTMLElement | null>;
  rows: number;
  columns: number;
  /** Rows a page key moves by. */
  page: number;
  showRow: (row: number) => void;
}

/** The cell an event came from, by its ARIA position. */
export function placeOf(target: EventTarget): CellPlace | null {
  const cell = target instanceof Element ? target.closest("[aria-colindex]") : null;
  const row = cell?.closest("[aria-rowindex]");
  if (!cell || !row) return null;
  return { row: Number(row.getAttribute("aria-rowindex")) - 2, column: Number(cell.getAttribute("aria-colindex")) - 1 };
}

/**
 * One cell of the grid takes part in the tab order; keys move it (WAI-ARIA grid pattern). A focused row that scrolls out
 * of the page hands the focus to the grid itself, so that the next key goes on from where it was.
 */
export function useGridFocus({ grid, rows, columns, page, showRow }: GridFocusOptions) {
  const [wanted, setActive] = useState<CellPlace>({ row: -1, column: 0 });
  const hasFocus = useRef(false);
  const isMoving = useRef(false);
  const active = wanted.row < rows ? wanted : { ...wanted, row: rows - 1 };

  useLayoutEffect(() => {
    if (!hasFocus.current || !grid.current) return;
    const cell = grid.current.querySelector<HTMLElement>(
      `[aria-rowindex="${active.row + 2}"] [aria-colindex="${active.column + 1}"]`,
    );
    const focused = document.activeElement;
    // A removed row leaves the focus nowhere. Whatever else has it has taken it, and keeps it.
    const isLost = focused === null || focused === document.body;
    if (!isLost && !isMoving.current && !grid.current.contains(focused)) {
      hasFocus.current = false;
      return;
    }
    if (cell && (isMoving.current || isLost || focused === grid.current)) {
      isMoving.current = false;
      cell.focus({ preventScroll: active.row >= 0 });
    } else if (isLost) grid.current.focus({ preventScroll: true });
  });

  const moveTo = (place: CellPlace) => {
    const row = Math.min(Math.max(place.row, -1), rows - 1);
    const column = Math.min(Math.max(place.column, 0), columns - 1);
    isMoving.current = true;
    hasFocus.current = true;
    setActive({ row, column });
    if (row >= 0) showRow(row);
  };

  const onKeyDown = (event: KeyboardEvent): boolean => {
    const target = keyTarget(event, active, { rows, columns, page });
    if (!target) return false;
    event.preventDefault();
    moveTo(target);
    return true;
  };

  return {
    active,
    moveTo,
    onKeyDown,
    onFocus: (event: FocusEvent) => {
      hasFocus.current = true;
      const place = placeOf(event.target);
      if (place && (place.row !== active.row || place.column !== active.column)) setActive(place);
    },
    onBlur: (event: FocusEvent) => {
      // A removed row blurs towards nothing; that is not leaving.
      if (event.relatedTarget && !grid.current?.contains(event.relatedTarget as Node)) hasFocus.current = false;
    },
  };
}

interface Extent {
  rows: number;
  columns: number;
  page: number;
}

function keyTarget(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  { row, column }: CellPlace,
  { rows, columns, page }: Extent,
): CellPlace | null {
  if (altKey) return null;
  const isFar = ctrlKey || metaKey;
  switch (key) {
    case "ArrowDown":
      return { row: row + 1, column };
    case "ArrowUp":
      return { row: row - 1, column };
    case "ArrowRight":
      return { row, column: column + 1 };
    case "ArrowLeft":
      return { row, column: column - 1 };
    case "PageDown":
      return { row: row + page, column };
    case "PageUp":
      return { row: Math.max(0, row - page), column };
    case "Home":
      return isFar ? { row: 0, column: 0 } : { row, column: 0 };
    case "End":
      return isFar ? { row: rows - 1, column: columns - 1 } : { row, column: columns - 1 };
    default:
      return null;
  }
}
