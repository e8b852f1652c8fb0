import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useRef } from "react";
import { HEADER_HEIGHT, offsetShowing, ROW_HEIGHT, scrollScale } from "./scrolling";

const OVERSCAN = 8;

type Place = RefObject<HTMLElement | null>;

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
export function useVirtualRows(scroller: Place, canvas: Place, count: number): VirtualRows {
  const scroll = useScaledScroll(scroller, canvas);
  const { scaleBy, beginWith } = scroll;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollToFn: scroll.scrollTo,
    observeElementOffset: ({ scrollElement }, change) => scroll.observe(scrollElement, change),
  });

  const viewport = Math.max(0, (rows.scrollRect?.height ?? 0) - HEADER_HEIGHT);
  const scale = scrollScale(count, viewport);
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;

  useLayoutEffect(() => scaleBy(scale.factor), [scaleBy, scale.factor]);
  useLayoutEffect(() => beginWith(first), [beginWith, first]);

  return {
    first,
    last: items.at(-1)?.index ?? -1,
    height: scale.height,
    page: Math.max(1, Math.floor(viewport / ROW_HEIGHT)),
    showRow: (row) => {
      const offset = scroll.offset();
      const wanted = offsetShowing(row, offset, viewport);
      if (wanted !== offset) scroll.scrollTo(wanted);
    },
  };
}

/** Scrolling in virtual px, with the canvas kept where its rows belong. */
function useScaledScroll(scroller: Place, canvas: Place) {
  const factor = useRef(1);
  const first = useRef(0);
  const report = useRef<(() => void) | null>(null);

  const place = useCallback(() => {
    if (!scroller.current || !canvas.current) return;
    const { scrollTop } = scroller.current;
    const top = first.current * ROW_HEIGHT - scrollTop * factor.current + scrollTop;
    canvas.current.style.transform = `translateY(${top}px)`;
  }, [scroller, canvas]);

  const scaleBy = useCallback((next: number) => {
    factor.current = next;
    report.current?.();
  }, []);

  /** The canvas begins with this row from now on. */
  const beginWith = useCallback(
    (row: number) => {
      first.current = row;
      place();
    },
    [place],
  );

  const offset = () => (scroller.current?.scrollTop ?? 0) * factor.current;
  const scrollTo = (wanted: number) => {
    if (scroller.current) scroller.current.scrollTop = wanted / factor.current;
  };

  const observe = (element: Element | null, change: (offset: number, isScrolling: boolean) => void) => {
    if (!element) return;
    const tell = () => {
      change(element.scrollTop * factor.current, false);
      place();
    };
    report.current = tell;
    tell();
    element.addEventListener("scroll", tell, { passive: true });
    return () => {
      report.current = null;
      element.removeEventListener("scroll", tell);
    };
  };

  return { scaleBy, beginWith, offset, scrollTo, observe };
}
