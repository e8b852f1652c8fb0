import type { ChangedLevel } from "../../generated/ChangedLevel";
import type { LevelChange } from "../../generated/LevelChange";
import type { LevelOutcome } from "../../generated/LevelOutcome";
import type { LevelReading } from "../../generated/LevelReading";
import type { LogLevel } from "../../generated/LogLevel";
import type { LogLevels as KnownLevels } from "../../generated/LogLevels";
import type { ObservedLevel } from "../../generated/ObservedLevel";
import type { Problem } from "../../generated/Problem";
import type { ServiceLevel } from "../../generated/ServiceLevel";
import type { Timestamp } from "../../generated/Timestamp";
import type { Messages } from "../../i18n";
import { shownText } from "../../shared";

/** Service → the level that somebody wants and has not applied. */
export type Draft = ReadonlyMap<string, LogLevel>;

/** Service → until when its changes made elsewhere were seen. */
export type Seen = ReadonlyMap<string, Timestamp>;

export const knownLevels: readonly LogLevel[] = ["INFO", "DEBUG"];

export function isKnownLevel(level: string | null): level is LogLevel {
  return level === "INFO" || level === "DEBUG";
}

/** As it is shown: null is a word of the platform's too. */
export function levelText(level: string | null): string {
  return level === null ? "null" : shownText(level);
}

/** What an answer says of a service, in a word. */
export function readingText(reading: LevelReading, words: Messages["loglevels"]): string {
  switch (reading.reading) {
    case "level":
      return shownText(reading.level);
    case "null":
      return "null";
    case "absent":
      return words.absent;
    case "unread":
      return words.unread;
  }
}

/** What differs from what is shown, and would be sent. */
export function pending(levels: readonly ServiceLevel[], draft: Draft): LevelChange[] {
  return levels.flatMap(({ service, level }) => {
    const to = draft.get(service);
    return to === undefined || to === level ? [] : [{ service, from: level, to }];
  });
}

/** What a service has come to by itself, or was chosen back to, is not wanted any more; nor is anything of one that is gone. */
export function stillWanted(levels: readonly ServiceLevel[], draft: Draft): Draft {
  const now = new Map(levels.map(({ service, level }) => [service, level]));
  return new Map([...draft].filter(([service, to]) => now.has(service) && now.get(service) !== to));
}

/** Those that nobody here has seen yet. */
export function unseenOf(elsewhere: readonly ObservedLevel[], seen: Seen): ObservedLevel[] {
  return elsewhere.filter(({ service, at }) => at > (seen.get(service) ?? 0));
}

/** One line of the table. */
export interface Row extends ServiceLevel {
  /** Somebody else's change of it, until it was seen. */
  elsewhere: ObservedLevel | undefined;
  /** The newest answer does not name it. */
  isGone: boolean;
}

/** Each service of the newest answer, and those that are gone from it until that was seen, by name. */
export function rows({ services, elsewhere }: KnownLevels, seen: Seen): Row[] {
  const unseen = new Map(unseenOf(elsewhere, seen).map((change) => [change.service, change]));
  const named = services.map((level) => ({ ...level, elsewhere: unseen.get(level.service), isGone: false }));
  const gone = [...unseen.values()].flatMap((change) => {
    const level = change.from.reading === "level" ? change.from.level : null;
    return change.to.reading === "absent" ? [{ service: change.service, level, elsewhere: change, isGone: true }] : [];
  });
  return [...named, ...gone].sort((one, other) => (one.service < other.service ? -1 : 1));
}

/** How the last change ended. Without services it was rejected before anything was sent. */
export interface FinishedChange {
  services: readonly ChangedLevel[];
  problem: Problem | null;
  at: Timestamp;
  /** The read that its lines go by; a newer one says what is, and not how it came. */
  readAt: Timestamp | null;
}

/** What an outcome has told of a service is not told twice: until when that is. */
export function toldBy(finished: FinishedChange | null): Seen {
  const told = finished?.services.filter(({ outcome }) => outcome !== "done") ?? [];
  return new Map(told.map(({ service }) => [service, finished?.at ?? 0]));
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
