import type { ChangedLevel } from "../../generated/ChangedLevel";
import type { LevelChange } from "../../generated/LevelChange";
import type { LevelOutcome } from "../../generated/LevelOutcome";
import type { LogLevel } from "../../generated/LogLevel";
import type { ServiceLevel } from "../../generated/ServiceLevel";

/** Service → the level that somebody wants and has not applied. */
export type Draft = ReadonlyMap<string, LogLevel>;

export const knownLevels: readonly LogLevel[] = ["INFO", "DEBUG"];

export function isKnownLevel(level: string | null): level is LogLevel {
  return level === "INFO" || level === "DEBUG";
}

/** What differs from what is shown, and would be sent. */
export function pending(levels: readonly ServiceLevel[], draft: Draft): LevelChange[] {
  return levels.flatMap(({ service, level }) => {
    const to = draft.get(service);
    return to === undefined || to === level ? [] : [{ service, from: level, to }];
  });
}

/** What a service has come to by itself, or was chosen back to, is not wanted any more. */
export function withoutReached(levels: readonly ServiceLevel[], draft: Draft): Draft {
  const reached = new Set(levels.flatMap(({ service, level }) => (draft.get(service) === level ? [service] : [])));
  return new Map([...draft].filter(([service]) => !reached.has(service)));
}

/** From the worst: what the whole of a change is called by. */
const worstFirst: readonly LevelOutcome[] = [
  "unknown",
  "without_effect",
  "refused",
  "changed_elsewhere",
  "not_sent",
  "done",
  "already",
];

export function worst(services: readonly ChangedLevel[]): LevelOutcome | undefined {
  return worstFirst.find((outcome) => services.some((service) => service.outcome === outcome));
}
