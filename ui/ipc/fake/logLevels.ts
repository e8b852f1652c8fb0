import type { ChangedLevel } from "../../generated/ChangedLevel";
import type { Consent } from "../../generated/Consent";
import type { LevelChange } from "../../generated/LevelChange";
import type { LevelOutcome } from "../../generated/LevelOutcome";
import type { LogLevelsOutcome } from "../../generated/LogLevelsOutcome";
import type { ServiceLevel } from "../../generated/ServiceLevel";
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

/** The levels that the pretended platform has, and what was last read of them. */
export class FakeLevels {
  platform: ReadonlyMap<string, string | null> = new Map(usualLevels.map(({ service, level }) => [service, level]));
  read: Truth<ServiceLevel[]> = { state: "unknown", problem: null };
  /** Accepted, and nothing happens. */
  ignoresChanges = false;

  set(service: string, level: string | null): void {
    this.platform = new Map(this.platform).set(service, level);
  }
}

export function readLevels(backend: FakeBackend): Truth<ServiceLevel[]> {
  const { levels, pollProblem } = backend;
  const now = backend.now();
  if (!pollProblem) {
    const value = [...levels.platform].map(([service, level]) => ({ service, level }));
    levels.read = { state: "known", value, at: now };
  } else if (levels.read.state === "unknown") levels.read = { state: "unknown", problem: pollProblem };
  else levels.read = { state: "stale", value: levels.read.value, at: levels.read.at, since: now, problem: pollProblem };
  return levels.read;
}

/** As in the core: refused before a request, or read, sent, and read back. */
export function changeLevels(backend: FakeBackend, changes: LevelChange[], consent: Consent): LogLevelsOutcome {
  const { modes } = backend.live;
  const plan = planSwitch(backend.live, "job_stop", false);
  if (plan.lock_closed) throw problem("lock_closed");
  if (modes.read_only.state === "known" && modes.read_only.value) throw problem("refused_read_only");
  if (plan.confirmation !== "none" && !consent.agreed) throw problem("confirmation_needed");
  const { levels } = backend;
  const settle = (outcome: (change: LevelChange) => LevelOutcome): ChangedLevel[] =>
    changes.map((change) => ({
      ...change,
      outcome: outcome(change),
      read: levels.platform.get(change.service) ?? null,
    }));
  const before = readLevels(backend);
  if (before.state !== "known")
    return { services: settle(() => "not_sent"), problem: backend.pollProblem, levels: before };
  const isElsewhere = ({ service, from }: LevelChange) => levels.platform.get(service) !== from;
  if (changes.some(isElsewhere)) {
    const services = settle((change) => (isElsewhere(change) ? "changed_elsewhere" : "not_sent"));
    return { services, problem: null, levels: before };
  }
  const user = backend.live.connection?.user ?? "";
  backend.record({ event: "log_levels_requested", user, changes });
  if (!levels.ignoresChanges) for (const { service, to } of changes) levels.set(service, to);
  const services = settle(({ service, to }) => (levels.platform.get(service) === to ? "done" : "without_effect"));
  backend.record({ event: "log_levels_changed", user, services, platform_time: backend.now(), problem: null });
  const after = readLevels(backend);
  backend.poll();
  return { services, problem: null, levels: after };
}
