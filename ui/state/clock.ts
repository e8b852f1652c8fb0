import type { Timestamp } from "../generated/Timestamp";

/** One timer for all ages on the screen; it runs only while somebody looks. */
const TICK_MILLISECONDS = 1000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let time: Timestamp = Date.now();

function tick() {
  time = Date.now();
  for (const listener of listeners) listener();
}

export const clock = {
  now: (): Timestamp => {
    // Must answer the same between two ticks; without a timer nobody else moves it on.
    if (timer === undefined && Math.abs(Date.now() - time) >= TICK_MILLISECONDS) time = Date.now();
    return time;
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    timer ??= setInterval(tick, TICK_MILLISECONDS);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  },
};
