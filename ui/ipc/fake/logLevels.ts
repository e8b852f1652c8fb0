import type { ChangedLevel } from "../../generated/ChangedLevel";
import type { Consent } from "../../generated/Consent";
import type { LevelChange } from "../../generated/LevelChange";
import type { LevelOutcome } from "../../generated/LevelOutcome";
import type { LevelReading } from "../../generated/LevelReading";
import type { LogLevels } from "../../generated/LogLevels";
import type { LogLevelsOutcome } from "../../generated/LogLevelsOutcome";
import type { ObservedLevel } from "../../generated/ObservedLevel";
import type { Problem } from "../../generated/Problem";
import type { ServiceLevel } from "../../generated/ServiceLevel";
import type { Timestamp } from "../../generated/Timestamp";
import type { Truth } from "../../generated/Truth";
import { problem } from "../problem";
import type { FakeBackend } from "./backend";
import { planSwitch } from "./planning";

const services = [
  "ita-api-admin",
  "ita-api-ansible-execution-receiver",
  "ita-api-oase-receiver",
  "ita-api-organization",
  "ita-by-ansible-execute",
  "ita-by-ansible-legacy-role-vars-listup",
  "ita-by-ansible-legacy-vars-listup",
  "ita-by-ansible-pioneer-vars-listup",
  "ita-by-ansible-towermaster-sync",
  "ita-by-cicd-for-iac",
  "ita-by-collector",
  "ita-by-conductor-regularly",
  "ita-by-conductor-synchronize",
  "ita-by-excel-export-import",
  "ita-by-execinstance-dataautoclean",
  "ita-by-file-autoclean",
  "ita-by-hostgroup-split",
  "ita-by-menu-create",
  "ita-by-menu-export-import",
  "ita-by-oase-conclusion",
  "ita-by-terraform-cli-execute",
  "ita-by-terraform-cli-vars-listup",
  "ita-by-terraform-cloud-ep-execute",
  "ita-by-terraform-cloud-ep-vars-listup",
];

/** Everything at INFO, as a platform comes. */
export const usualLevels: readonly ServiceLevel[] = services.map((service) => ({ service, level: "INFO" }));

/** How a pretended change fails once it is sent. */
export interface WriteFailure {
  problem: Problem;
  outcome: "refused" | "not_sent" | "unknown";
}

/** The levels that the pretended platform has, and what was last read of them. */
export class FakeLevels {
  platform: ReadonlyMap<string, string | null> = new Map(usualLevels.map(({ service, level }) => [service, level]));
  read: Truth<LogLevels> = { state: "unknown", problem: null };
  /** Why nothing can be read; a poll that fails is another reason. */
  readProblem: Problem | null = null;
  writeFailure: WriteFailure | null = null;
  /** What an accepted change comes to, where that is not what was wanted; undefined: the service is gone. */
  comesTo: ((change: LevelChange) => string | null | undefined) | null = null;

  set(service: string, level: string | null): void {
    this.platform = new Map(this.platform).set(service, level);
  }

  remove(service: string): void {
    this.platform = new Map([...this.platform].filter(([name]) => name !== service));
  }

  of(service: string): LevelReading {
    if (this.read.state !== "known") return { reading: "unread" };
    return reading(this.read.value.services.find((level) => level.service === service));
  }
}

function reading(found: ServiceLevel | undefined): LevelReading {
  if (!found) return { reading: "absent" };
  return found.level === null ? { reading: "null" } : { reading: "level", level: found.level };
}

export function readLevels(backend: FakeBackend, sent: readonly LevelChange[] = []): Truth<LogLevels> {
  const { levels, live } = backend;
  // No two reads at the same time, however fast a test is.
  const now = Math.max(backend.now(), levels.read.state === "unknown" ? 0 : levels.read.at + 1);
  const stopped = live.phase.phase === "stopped" ? live.phase.problem : null;
  const problem = stopped ?? levels.readProblem ?? backend.pollProblem;
  if (!problem) {
    const services = [...levels.platform].map(([service, level]) => ({ service, level }));
    services.sort((one, other) => (one.service < other.service ? -1 : 1));
    const last = levels.read.state === "unknown" ? { services, elsewhere: [] } : levels.read.value;
    const news = differences(last.services, services, sent, now);
    const elsewhere = news.filter(({ ours }) => !ours).map(({ change }) => change);
    if (elsewhere.length > 0) backend.record({ event: "observed_levels", changes: elsewhere });
    const kept = last.elsewhere.filter(({ service }) => !news.some(({ change }) => change.service === service));
    levels.read = { state: "known", value: { services, elsewhere: [...kept, ...elsewhere] }, at: now };
  } else if (levels.read.state === "unknown") levels.read = { state: "unknown", problem };
  else levels.read = { state: "stale", value: levels.read.value, at: levels.read.at, since: now, problem };
  return levels.read;
}

function differences(
  before: readonly ServiceLevel[],
  after: readonly ServiceLevel[],
  sent: readonly LevelChange[],
  at: Timestamp,
): { change: ObservedLevel; ours: boolean }[] {
  const names = [...new Set([...before, ...after].map(({ service }) => service))].sort();
  return names.flatMap((service) => {
    const found = after.find((level) => level.service === service);
    const from = reading(before.find((level) => level.service === service));
    const to = reading(found);
    const ours = sent.some((change) => change.service === service && change.to === found?.level);
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ change: { service, from, to, at }, ours }];
  });
}

/** As in the core: refused before a request, or read, sent, and read back. */
export function changeLevels(backend: FakeBackend, changes: LevelChange[], consent: Consent): LogLevelsOutcome {
  const { levels, live } = backend;
  const plan = planSwitch(live, "job_stop", false);
  if (plan.lock_closed) throw problem("lock_closed");
  if (live.modes.read_only.state === "known" && live.modes.read_only.value) throw problem("refused_read_only");
  if (plan.confirmation !== "none" && !consent.agreed) throw problem("confirmation_needed");
  if (live.phase.phase === "stopped") throw live.phase.problem;
  const ended = (wanted: LevelChange[], outcome: (change: LevelChange) => LevelOutcome): ChangedLevel[] =>
    wanted.map((change) => ({ ...change, outcome: outcome(change), read: levels.of(change.service) }));
  const before = readLevels(backend);
  if (before.state !== "known")
    return {
      services: ended(changes, () => "not_sent"),
      problem: before.problem,
      levels: before,
    };
  const now = ({ service }: LevelChange) => levels.platform.get(service);
  const isAlready = (change: LevelChange) => now(change) === change.to;
  const isElsewhere = (change: LevelChange) => !isAlready(change) && now(change) !== change.from;
  if (changes.every(isAlready) || changes.some(isElsewhere)) {
    const outcome = (change: LevelChange) =>
      isAlready(change) ? "already" : isElsewhere(change) ? "changed_elsewhere" : "not_sent";
    return { services: ended(changes, outcome), problem: null, levels: before };
  }
  const already = ended(changes.filter(isAlready), () => "already");
  const sent = changes.filter((change) => !isAlready(change));
  const user = live.connection?.user ?? "";
  backend.record({ event: "log_levels_requested", user, changes: sent });
  const { writeFailure } = levels;
  if (!writeFailure) for (const change of sent) write(levels, change);
  if (!writeFailure || writeFailure.outcome === "unknown") readLevels(backend, sent);
  const readBack = (change: LevelChange): LevelOutcome => {
    const found = levels.of(change.service);
    if (found.reading === "unread" || found.reading === "absent") return "unknown";
    return found.reading === "level" && found.level === change.to ? "done" : "without_effect";
  };
  const services = ended(sent, writeFailure ? () => writeFailure.outcome : readBack);
  const unread = levels.read.state === "known" ? null : levels.read.problem;
  const failure = writeFailure?.problem ?? unread;
  backend.record({
    event: "log_levels_changed",
    user,
    services,
    platform_time: backend.now(),
    problem: failure?.code ?? null,
  });
  return { services: [...already, ...services], problem: failure, levels: levels.read };
}

function write(levels: FakeLevels, change: LevelChange): void {
  const level = levels.comesTo ? levels.comesTo(change) : change.to;
  if (level === undefined) levels.remove(change.service);
  else levels.set(change.service, level);
}
