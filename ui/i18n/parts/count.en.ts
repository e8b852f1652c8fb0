import type { CountMessages } from "./count.ja";

export const countEn: CountMessages = {
  region: "Running count",
  unit: "running",
  notKnown: "Unknown",
  lastKnown: (count) => `Last known: ${count}`,
  asOf: (time) => `as of ${time}`,
  notZero: "It may not be zero",
  notReadYet: "not read yet",
  conductors: (count) => `+ conductors: ${count} (not counted)`,
  conductorsTooltip: "The platform’s count leaves conductors out.",
  unclassified: (count) => `Unclassified: ${count}`,
  unclassifiedTooltip: "Jobs of backyards that this product does not know. They are treated as running.",
  oldest: (age) => `Oldest update ${age}`,
  noOldest: "Oldest update unknown",
  zoneOpen: "Time zone not confirmed",
  zoneOpenTooltip: "Without the time zone the age of the oldest update is not known. It can be set below the list.",
  chart: "Count over time",
  chartSpan: (duration) => `last ${duration}`,
  chartText: (first, last, polls) => `From ${first} to ${last} in ${polls} polls`,
  value: (count) => `Running: ${count}`,
};
