import { fireEvent } from "@testing-library/react";
import { vi } from "vitest";

/**
 * Gives every element a size, and scrolling its event: as much of a layout as a virtual list asks for. It lasts until the
 * end of the test.
 */
export function layOut(height = 600): void {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(height);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(1000);
  const offsets = new WeakMap<Element, number>();
  vi.spyOn(Element.prototype, "scrollTop", "get").mockImplementation(function (this: Element) {
    return offsets.get(this) ?? 0;
  });
  vi.spyOn(Element.prototype, "scrollTop", "set").mockImplementation(function (this: Element, offset: number) {
    if ((offsets.get(this) ?? 0) === offset) return;
    offsets.set(this, offset);
    fireEvent.scroll(this);
  });
}
