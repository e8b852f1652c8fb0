import type { Language } from "../../generated/Language";
import type { RemainingJob } from "../../generated/RemainingJob";
import type { Messages } from "../../i18n";
import { backyardName } from "../../i18n/vocabulary";
import { visibleText } from "../../shared";

export interface Owner {
  /** `organization / workspace` */
  place: string;
  jobs: RemainingJob[];
}

export function placeOf({ organization, workspace }: RemainingJob): string {
  return `${visibleText(organization)} / ${visibleText(workspace)}`;
}

/** The rows of each workspace's owner, in the order in which the rows come. */
export function byOwner(jobs: readonly RemainingJob[]): Owner[] {
  const owners = new Map<string, Owner>();
  for (const job of jobs) {
    const key = JSON.stringify([job.organization, job.workspace]);
    const owner = owners.get(key) ?? { place: placeOf(job), jobs: [] };
    owners.set(key, owner);
    owner.jobs.push(job);
  }
  return [...owners.values()];
}

/** A ready text for the owner of one workspace: what is left there, if that is all of it, and what is asked of them. */
export function ownerText({ place, jobs }: Owner, { procedure }: Messages, language: Language, isCut: boolean): string {
  const { owner, why } = procedure;
  const rows = jobs.flatMap((job) => [
    owner.row(visibleText(backyardName(job.backyard, language)), visibleText(job.job_id), why[job.kind]),
    owner.ask(owner.asks[job.next_step]),
  ]);
  return [
    owner.greeting(place),
    "",
    owner.opening,
    "",
    ...rows,
    ...(isCut ? [owner.more] : []),
    "",
    owner.closing,
    "",
  ].join("\n");
}
