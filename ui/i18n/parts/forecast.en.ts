import { enNumber, plural } from "../format";
import type { ForecastMessages } from "./forecast.ja";

export const forecastEn: ForecastMessages = {
  between: (from, to) => `Zero expected: ${from}–${to}`,
  basis: (basis) => plural(basis, { one: "from one earlier job", other: `from ${enNumber(basis)} earlier jobs` }),
  basisTooltip: (percent) =>
    `From how long the jobs of this connection took that were watched to their end. Of 100 forecasts at least ${enNumber(percent)} hold.`,
  none: {
    beginning_not_seen: "No forecast: start time of some jobs unknown",
    too_few_observations: "No forecast: too few earlier jobs to compare",
    older_than_all: "No forecast: a job has run longer than any before",
    may_never_end: "No forecast: too few of such jobs were seen to end",
    list_disagrees: "No forecast: the count and the list disagree",
    jobs_still_start: "No forecast: jobs have started after job stop",
    read_only: "No forecast: read-only is on",
    count_unknown: "No forecast: the count is not known",
  },
};
