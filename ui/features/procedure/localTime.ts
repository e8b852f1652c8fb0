import type { Timestamp } from "../../generated/Timestamp";

/** `2026-11-22T22:10`, as the control wants it: in the workstation's zone, without one. */
export function localInput(at: Timestamp): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What the control says; null: nothing, or no time. */
export function fromLocalInput(typed: string): Timestamp | null {
  const at = Date.parse(typed);
  return Number.isNaN(at) ? null : at;
}
