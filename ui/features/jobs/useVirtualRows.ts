import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useRef } from "react";
import { HEADER_HEIGHT, offsetShowing, ROW_HEIGHT, scrollScale } from "./scrolling";

const OVERSCAN = 8;

interface VirtualRows {
  /** Rows that must be in the page; `last` is -1 when there are none. */
  first: number;
  last: number;
  /** Height of the scrolled element, px. */
  height: number;
  /** How many rows fit into sight. */
  page: number;
  showRow: (row: number) => void;
}

/**
 * Which rows are in sight. The rows stand in `canvas` one below the other; it is moved to where they belong, on every
 * scroll event, because beyond the scale's limit a scrolled pixel is more than one.
 */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  canvas: RefObject<HTMLElement | null>,
  count: number,
): VirtualRows {
  const factor = useRef(1);
  const first = useRef(0);
  const report = useRef<(() => void) | null>(null);

  const place = useCallback(() => {
    if (!scroller.current || !canvas.current) return;
    const { scrollTop } = scroller.current;
    const top = first.current * ROW_HEIGHT - scrollTop * factor.current + scrollTop;
    canvas.current.style.transform = `translateY(${top}px)`;
  }, [scroller, canvas]);

  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollToFn: (offset) => {
      if (scroller.current) scroller.current.scrollTop = offset / factor.current;
    },
    observeElementOffset: ({ scrollElement }, change) => {
      if (!scrollElement) return;
      const tell = () => {
        change(scrollElement.scrollTop * factor.current, false);
        place();
      };
      report.current = tell;
      tell();
      scrollElement.addEventListener("scroll", tell, { passive: true });
      return () => {
        report.current = null;
        scrollElement.removeEventListener("scroll", tell);
      };
    },
  });

  const viewport = Math.max(0, (rows.scrollRect?.height ?? 0) - HEADER_HEIGHT);
  const scale = scrollScale(count, viewport);
  const items = rows.getVirtualItems();
  const firstShown = items[0]?.index ?? 0;

  useLayoutEffect(() => {
    factor.current = scale.factor;
    report.current?.();
  }, [scale.factor]);

  useLayoutEffect(() => {
    first.current = firstShown;
    place();
  }, [firstShown, place]);

  return {
    first: firstShown,
    last: items.at(-1)?.index ?? -1,
    height: scale.height,
    page: Math.max(1, Math.floor(viewport / ROW_HEIGHT)),
    showRow: (row) => {
      if (!scroller.current) return;
      const offset = scroller.current.scrollTop * factor.current;
      const wanted = offsetShowing(row, offset, viewport);
      if (wanted !== offset) scroller.current.scrollTop = wanted / factor.current;
    },
  };
}
