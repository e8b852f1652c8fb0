import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// A limit for what hangs, not a measure of speed: the machine may be busy with a build.
configure({ asyncUtilTimeout: 15_000 });

// jsdom draws nothing. Without a context axe leaves out what it would have to see drawn, as we do (see `axe.ts`).
HTMLCanvasElement.prototype.getContext = () => null;

// jsdom has no media queries and no layout; the window asks for both.
window.matchMedia ??= (query: string): MediaQueryList => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => {},
  removeEventListener: () => {},
  addListener: () => {},
  removeListener: () => {},
  dispatchEvent: () => false,
});

Element.prototype.scrollIntoView ??= () => {};

globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

globalThis.CSS ??= {} as typeof CSS;
CSS.escape ??= (text) => text.replace(/[^\w-]/g, "\\$&");
