import type { ProcedureView } from "../../generated/ProcedureView";
import type { RemainingJob } from "../../generated/RemainingJob";
import type { Format, Messages } from "../../i18n";

const MINUTE = 60_000;

/** The platform counts no conductor (platform-contract §5): it holds nothing, and read-only takes it from its owner. */
export function isConductor({ backyard }: RemainingJob): boolean {
  return backyard === "ita-by-conductor-synchronize";
}

export function holdsDrain(job: RemainingJob, { waived }: ProcedureView): boolean {
  return !isConductor(job) && !waived.includes(job.backyard);
}

/** How long a row stands, where that says something: not of one that moves, and not of seconds. */
export function unchangedFor(job: RemainingJob, texts: Messages["procedure"], format: Format): string[] {
  if (job.kind === "moving" || job.unchanged_ms < MINUTE) return [];
  return [texts.unchanged(format.duration(job.unchanged_ms))];
}

/** Rows to which the same sentence applies, in the order in which they come first. */
export function groupedBy(
  jobs: readonly RemainingJob[],
  sentenceOf: (job: RemainingJob) => string,
): [sentence: string, jobs: RemainingJob[]][] {
  const groups = new Map<string, RemainingJob[]>();
  for (const job of jobs) {
    const sentence = sentenceOf(job);
    groups.set(sentence, [...(groups.get(sentence) ?? []), job]);
  }
  return [...groups];
}
