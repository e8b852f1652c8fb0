import type { Language } from "../generated/Language";
import type { Timestamp } from "../generated/Timestamp";

/** Numbers, times and durations as the language writes them. Times are in the workstation's zone, with seconds. */
export interface Format {
  readonly language: Language;
  number(value: number): string;
  /** `22:10:29` */
  time(at: Timestamp): string;
  /** `11/22 22:10:29`, `22 Nov 22:10:29` */
  dateTime(at: Timestamp): string;
  /** `2026/11/22 22:10:29 GMT+9`, `22 Nov 2026 22:10:29 GMT+9` */
  fullTime(at: Timestamp): string;
  /** `2026-11-22T22:10:29.123456Z`, a label whose zone nobody knows, as `dateTime` writes a time; anything else as it is. */
  labelled(label: string): string;
  /** The time alone when it is of today, else with its date. */
  moment(at: Timestamp, now: Timestamp): string;
  /** `22:10`, for what is known no better; with its date when that is another day. */
  minute(at: Timestamp, now: Timestamp): string;
  /** `3 秒前`, `3 s ago`; never in the future: clocks may differ a little. */
  age(milliseconds: number): string;
  /** `41 分`, `41 min`, in the largest unit that fits. */
  duration(milliseconds: number): string;
  /** `12:41`, for what runs out; never more than is left. */
  countdown(milliseconds: number): string;
  /** `1:02:41`, for what counts up. */
  elapsed(milliseconds: number): string;
  /** `512 MB` */
  bytes(value: number): string;
  list(items: readonly string[]): string;
  /** Sentences one after the other, with a blank between them where the language puts one. */
  sentences(...parts: readonly (string | undefined)[]): string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Unit = "second" | "minute" | "hour" | "day";

/** Words without plural forms: a list of ages lines up, and the same span never reads in two ways. */
const unitNames: Record<Language, Record<Unit, string>> = {
  ja: { second: "秒", minute: "分", hour: "時間", day: "日" },
  en: { second: "s", minute: "min", hour: "h", day: "d" },
};

/** A label of the platform's, down to its seconds. */
const LABEL = /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)[T ](\d\d:\d\d:\d\d)/;

function inLargestUnit(milliseconds: number): [number, Unit] {
  const span = Math.max(0, milliseconds);
  if (span < MINUTE) return [Math.floor(span / SECOND), "second"];
  if (span < HOUR) return [Math.floor(span / MINUTE), "minute"];
  if (span < 2 * DAY) return [Math.floor(span / HOUR), "hour"];
  return [Math.floor(span / DAY), "day"];
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, "0");
}

/** `timeZone` is the workstation's unless it is named: an `Intl` object keeps the zone that it was made with. */
export function createFormat(language: Language, timeZone?: string): Format {
  const locale = language === "ja" ? "ja-JP" : "en-GB";
  const numbers = new Intl.NumberFormat(locale);
  const zone = timeZone === undefined ? {} : { timeZone };
  const clock: Intl.DateTimeFormatOptions = {
    ...zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  };
  const times = new Intl.DateTimeFormat(locale, clock);
  const minutes = new Intl.DateTimeFormat(locale, { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const zonedTimes = new Intl.DateTimeFormat(locale, { ...clock, timeZoneName: "short" });
  const megabytes = new Intl.NumberFormat(locale, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });

  // In English the month is a word: 03/04 is another day on each side of the Atlantic.
  const day: Intl.DateTimeFormatOptions =
    language === "ja" ? { month: "2-digit", day: "2-digit" } : { day: "numeric", month: "short" };
  const days = new Intl.DateTimeFormat(locale, { ...zone, ...day });
  const labelDays = new Intl.DateTimeFormat(locale, { ...day, timeZone: "UTC" });
  const yearDays = new Intl.DateTimeFormat(locale, { ...zone, ...day, year: "numeric" });
  const dateTime = (at: Timestamp) => `${days.format(at)} ${times.format(at)}`;
  const duration = (milliseconds: number) => {
    const [value, unit] = inLargestUnit(milliseconds);
    return `${numbers.format(value)} ${unitNames[language][unit]}`;
  };

  return {
    language,
    number: (value) => numbers.format(value),
    time: (at) => times.format(at),
    dateTime,
    fullTime: (at) => `${yearDays.format(at)} ${zonedTimes.format(at)}`,
    labelled: (label) => {
      const [, year, month, date, time] = LABEL.exec(label) ?? [];
      if (!time) return label;
      return `${labelDays.format(Date.UTC(Number(year), Number(month) - 1, Number(date)))} ${time}`;
    },
    moment: (at, now) => (isSameDay(at, now) ? times.format(at) : dateTime(at)),
    minute: (at, now) => (isSameDay(at, now) ? minutes.format(at) : `${days.format(at)} ${minutes.format(at)}`),
    age: (milliseconds) => (language === "ja" ? `${duration(milliseconds)}前` : `${duration(milliseconds)} ago`),
    duration,
    countdown: (milliseconds) => {
      const seconds = Math.max(0, Math.floor(milliseconds / SECOND));
      return `${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`;
    },
    elapsed: (milliseconds) => {
      const seconds = Math.max(0, Math.floor(milliseconds / SECOND));
      const minutes = Math.floor(seconds / 60);
      return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
    },
    bytes: (value) => megabytes.format(value / (1024 * 1024)),
    list: (items) => lists.format(items),
    sentences: (...parts) => parts.filter((part) => part !== undefined).join(language === "ja" ? "" : " "),
  };
}

function isSameDay(one: Timestamp, other: Timestamp): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** Chooses the sentence for a number by the language's plural rules; Japanese has one form, English two. */
export function plural(value: number, sentences: { one: string; other: string }): string {
  return englishPlurals.select(value) === "one" ? sentences.one : sentences.other;
}

const englishPlurals = new Intl.PluralRules("en");
const english = new Intl.NumberFormat("en-GB");
const japanese = new Intl.NumberFormat("ja-JP");

/** For use inside the catalogues, which know their language. */
export const enNumber = (value: number): string => english.format(value);
export const jaNumber = (value: number): string => japanese.format(value);
