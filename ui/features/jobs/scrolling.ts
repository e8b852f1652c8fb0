/** Height of a row and of the header, as in the style sheet. */
export const ROW_HEIGHT = 34;
export const HEADER_HEIGHT = 32;

/** Engines clamp taller elements (the lowest limit is about 16.7 million px); beyond this the scroll offset is scaled. */
const TALLEST = 15_000_000;

export interface ScrollScale {
  /** Height of the element that is scrolled, px. */
  height: number;
  /** Virtual px a scrolled px stands for; 1 below the limit. */
  factor: number;
}

/** @param viewport height in which rows are seen, px */
export function scrollScale(rows: number, viewport: number): ScrollScale {
  const total = rows * ROW_HEIGHT;
  if (total <= TALLEST || viewport >= TALLEST) return { height: total, factor: 1 };
  return { height: TALLEST, factor: (total - viewport) / (TALLEST - viewport) };
}

/** Rows asked for at once; twice as many on a very tall screen. */
export function fetchLimit(shown: number): number {
  return shown > 80 ? 200 : 100;
}

/** The start of the rows to hold so that `first … last` are among them; stays as long as they are. */
export function fetchOffset(current: number, first: number, last: number, limit: number): number {
  if (first >= current && last < current + limit) return current;
  const centred = Math.floor((first + last) / 2) - limit / 2;
  return Math.max(0, Math.floor(centred / 10) * 10);
}

/** The smallest move that brings a row into sight; both in virtual px. */
export function offsetShowing(row: number, offset: number, viewport: number): number {
  const top = row * ROW_HEIGHT;
  if (top < offset) return top;
  return Math.max(offset, top + ROW_HEIGHT - viewport);
}
