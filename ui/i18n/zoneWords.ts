import type { ZoneBasis } from "../generated/ZoneBasis";
import type { Messages } from "./ja";

/** `UTC+9`, `UTC-3:30` */
export function offsetName(minutes: number): string {
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? "-" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

/** How the times are read, in words. */
export function zoneWords(zone: ZoneBasis, { zone: words }: Messages["jobs"]): string {
  switch (zone.basis) {
    case "given":
      return words.given(zone.name);
    case "contradicted":
      return words.contradicted(zone.name);
    case "proven":
      return words.proven(offsetName(zone.offset_minutes));
    case "assumed":
      return words.assumed(offsetName(zone.offset_minutes));
    case "bounded":
      return words.bounded(offsetName(zone.at_least_minutes));
    case "unproven":
      return words.unproven;
  }
}
