import type { JobRow } from "../../generated/JobRow";
import type { ModeReading } from "../../generated/ModeReading";
import type { Running } from "../../generated/Running";
import type { Timestamp } from "../../generated/Timestamp";
import { knownBackyards, statusKind } from "../../i18n/vocabulary";

/** A pretended platform: two flags and jobs that start, run and end as time goes. */

const MINUTE = 60_000;

const places = [
  ["sales", "prod-batch"],
  ["sales", "web"],
  ["infra", "network"],
  ["infra", "storage"],
  ["hr", "payroll"],
] as const;

const counted = knownBackyards.filter((name) => name !== "ita-by-conductor-synchronize");

interface Job {
  organization: string;
  workspace: string;
  backyard: string;
  status: string;
  id: string;
  updated: Timestamp;
  endsAt: Timestamp | null;
}

/** Deterministic, so that two pictures of one state are the same. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export class World {
  flags: ModeReading = { job_stop: false, read_only: false };
  jobs: Job[] = [];
  readonly #random = randomFrom(20261122);
  #last: ReadonlyMap<string, Job> = new Map();

  /** The picture of an ordinary night: a few jobs, one delayed, one conductor paused. */
  seed(now: Timestamp): void {
    const job = (place: number, backyard: string, status: string, minutes: number, endsIn: number | null): Job => {
      const [organization, workspace] = places[place] ?? places[0];
      return {
        organization,
        workspace,
        backyard,
        status,
        id: this.#uuid(),
        updated: now - minutes * MINUTE,
        endsAt: endsIn === null ? null : now + endsIn * MINUTE,
      };
    };
    this.jobs = [
      job(0, "ita-by-ansible-execute", "4", 41, null),
      job(0, "ita-by-conductor-synchronize", "5", 30, null),
      job(2, "ita-by-terraform-cloud-ep-execute", "3", 7, 9),
      job(2, "ita-by-conductor-synchronize", "3", 6.9, 12),
      job(4, "ita-by-menu-create", "2", 0.6, 2),
    ];
  }

  /** Fills the list for looking at a large one. */
  crowd(now: Timestamp, total: number): void {
    while (this.jobs.length < total) this.#start(now - this.#random() * 50 * MINUTE, 60 * MINUTE);
  }

  /** Lets `now` happen: jobs end, and begin where no mode keeps them from it. */
  step(now: Timestamp): void {
    if (this.flags.read_only) return;
    this.jobs = this.jobs.filter((job) => job.endsAt === null || job.endsAt > now);
    if (!this.flags.job_stop && this.#random() < 0.25) this.#start(now, (1 + this.#random() * 6) * MINUTE);
  }

  /** The rows of this poll, with what is new and what has gone since the one before. */
  read(now: Timestamp): JobRow[] {
    const current = new Map(this.jobs.map((job) => [job.id, job]));
    const isFirst = this.#last.size === 0;
    const rows = this.jobs.map((job) => toRow(job, now, !isFirst && !this.#last.has(job.id), false));
    for (const job of this.#last.values()) if (!current.has(job.id)) rows.push(toRow(job, now, false, true));
    this.#last = current;
    return rows;
  }

  summary(rows: readonly JobRow[], now: Timestamp): Running {
    const listed = rows.filter((row) => !row.is_gone);
    const count = (wanted: JobRow["class"]) => listed.filter((row) => row.class === wanted).length;
    const updates = listed.flatMap((row) => row.last_update_utc ?? []);
    return {
      reported: count("counted"),
      counted: count("counted"),
      conductors: count("conductor"),
      unclassified: count("unclassified"),
      rows: listed.length,
      organizations: 3,
      workspaces: 12,
      mismatches: [],
      deciding: count("counted") + count("unclassified"),
      vanished: [],
      oldest_update: updates.length > 0 ? Math.min(...updates) : null,
      platform_time: now,
      took_ms: 214,
    };
  }

  #start(now: Timestamp, lasts: number): void {
    const [organization, workspace] = this.#pick(places);
    const backyard = this.#pick(counted);
    const status = statusKind(backyard, "3") ? "3" : "2";
    this.jobs.push({ organization, workspace, backyard, status, id: this.#uuid(), updated: now, endsAt: now + lasts });
  }

  #pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  #uuid(): string {
    const digits = Array.from({ length: 32 }, () => Math.floor(this.#random() * 16).toString(16)).join("");
    return digits.replace(/^(.{8})(.{4}).(.{3})(.{4})(.{12})$/, "$1-$2-4$3-$4-$5");
  }
}

const OFFSET_MINUTES = 540;

function toRow(job: Job, now: Timestamp, isNew: boolean, isGone: boolean): JobRow {
  const isConductor = job.backyard === "ita-by-conductor-synchronize";
  return {
    organization_id: job.organization,
    workspace_id: job.workspace,
    backyard: job.backyard,
    class: isConductor ? "conductor" : knownBackyards.includes(job.backyard) ? "counted" : "unclassified",
    job_id: job.id,
    status_id: job.status,
    status_name: null,
    last_update_raw: new Date(job.updated + OFFSET_MINUTES * MINUTE).toISOString(),
    last_update_utc: job.updated,
    age_seconds: Math.max(0, Math.round((now - job.updated) / 1000)),
    is_new: isNew,
    is_status_changed: false,
    is_gone: isGone,
    is_incomplete: false,
  };
}
