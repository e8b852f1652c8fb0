import type { DrainForecast } from "../../generated/DrainForecast";
import type { Mode } from "../../generated/Mode";
import type { NoForecast } from "../../generated/NoForecast";
import type { Notice } from "../../generated/Notice";
import type { ProcedureNotice } from "../../generated/ProcedureNotice";
import type { ProcedureView } from "../../generated/ProcedureView";
import type { QuietGate } from "../../generated/QuietGate";
import type { RemainingJob } from "../../generated/RemainingJob";
import type { FakeBackend } from "./backend";
import { firstOptions, procedureIn } from "./procedure";
import { productionConnection } from "./samples";

const MINUTE = 60_000;

function row(change: Partial<RemainingJob> & Pick<RemainingJob, "kind" | "next_step">): RemainingJob {
  return {
    organization: "sales",
    workspace: "prod-batch",
    backyard: "ita-by-ansible-execute",
    job_id: "965dfd15-b741-4d2e-9c55-0d6f0c1b7a10",
    unchanged_ms: 41 * MINUTE,
    ...change,
  };
}

const conductors: RemainingJob[] = [
  row({
    kind: "paused",
    next_step: "resume_or_cancel",
    backyard: "ita-by-conductor-synchronize",
    job_id: "6b9743ab-73fd-4911-8d5e-2f1a9e0c4b21",
    unchanged_ms: 30 * MINUTE,
  }),
  row({
    kind: "waiting_for_movement",
    next_step: "accept_or_cancel",
    organization: "infra",
    workspace: "network",
    backyard: "ita-by-conductor-synchronize",
    job_id: "9b8ab1d7-b2f7-4ec0-a1b3-7c5d2e9f8a32",
    unchanged_ms: 7 * MINUTE,
  }),
];

const jobs: RemainingJob[] = [
  row({
    kind: "new_after_stop",
    next_step: "find_starter",
    organization: "hr",
    workspace: "payroll",
    backyard: "ita-by-menu-create",
    job_id: "f3d52038-cb76-47aa-b2a1-1d2c3b4a5f60",
    unchanged_ms: 38_000,
  }),
  row({
    kind: "unclassified",
    next_step: "waive_by_name",
    backyard: "ita-by-oase-conclusion",
    job_id: "0a91f7c2-54de-4c3a-8f70-9b1c2d3e4f50",
  }),
  ...conductors.slice(0, 1),
  row({ kind: "standing", next_step: "ask_owner" }),
  ...conductors.slice(1),
  row({
    kind: "moving",
    next_step: "wait",
    organization: "infra",
    workspace: "network",
    backyard: "ita-by-terraform-cloud-ep-execute",
    job_id: "da1ac029-5e2d-45b0-bc14-3e2f1d0c9b87",
    unchanged_ms: 7 * MINUTE,
  }),
];

const left = (remaining: RemainingJob[]) => ({ remaining, remaining_total: remaining.length });

const quiet: QuietGate = {
  count_is_zero: true,
  list_is_complete: true,
  read_only_is_on: true,
  has_settled: true,
  remaining_ms: 0,
  last_zero: null,
};

interface Stage {
  phase: ProcedureView["phase"];
  flags: { job_stop: boolean; read_only: boolean };
  view?: (now: number) => Partial<ProcedureView>;
  forecast?: (now: number) => DrainForecast;
  news?: (now: number) => ProcedureNotice[];
  /** The mode whose "off" is in doubt. */
  suspect?: Mode;
}

const stopped = { job_stop: true, read_only: false };
const closed = { job_stop: true, read_only: true };
const open = { job_stop: false, read_only: false };

/** Six minutes after job stop, with one of everything that can be left. */
const drain = (now: number): Partial<ProcedureView> => ({
  since: now - 6 * MINUTE,
  jobs_stopped_at: now - 6 * MINUTE,
  holding: 4,
  zeros: 0,
  dangers: ["jobs_running"],
  unclassified: ["ita-by-oase-conclusion"],
  gate: { ...quiet, count_is_zero: false, read_only_is_on: false, has_settled: false, remaining_ms: 90 * MINUTE },
  ...left(jobs),
});

/** The same without the alarm: what is left only ends, and a forecast can be made. */
const calm = (now: number): Partial<ProcedureView> => ({
  ...drain(now),
  holding: 3,
  unclassified: [],
  ...left(jobs.slice(2)),
});

const between = (now: number): DrainForecast => ({
  state: "between",
  earliest: now + 11 * MINUTE,
  latest: now + 36 * MINUTE,
  basis: 214,
  confidence_percent: 80,
});

const none = (why: NoForecast) => (): DrainForecast => ({ state: "none", why });

const drained = (now: number): Partial<ProcedureView> => ({
  jobs_stopped_at: now - 40 * MINUTE,
  holding: 0,
  zeros: 3,
  gate: { ...quiet, last_zero: now, read_only_is_on: false, has_settled: false, remaining_ms: 90 * MINUTE },
  ...left(conductors),
});

const gate = (now: number): Partial<ProcedureView> => ({
  ...drained(now),
  since: now - 18 * MINUTE,
  gate: { ...quiet, last_zero: now, has_settled: false, remaining_ms: 72 * MINUTE - 14_000 },
});

/** One picture for each phase and for what can stand beside it. */
const stages: Record<string, Stage> = {
  "procedure-scheduled": {
    phase: "scheduled",
    flags: open,
    view: (now) => ({
      automation: { state: "armed" },
      options: { ...firstOptions, start_at: now + 83 * MINUTE, go_on_by_itself: true },
    }),
  },
  "procedure-stopping": { phase: "stopping_jobs", flags: open },
  "procedure-drain": {
    phase: "draining",
    flags: stopped,
    view: drain,
    forecast: none("jobs_still_start"),
    news: (now) => [{ kind: "new_after_stop", stopped_at: now }],
  },
  "procedure-drain-unknown": {
    phase: "draining",
    flags: stopped,
    view: (now) => ({
      ...drain(now),
      holding: null,
      dangers: ["count_unknown"],
      unclassified: [],
      gate: { ...quiet, count_is_zero: false, list_is_complete: false, has_settled: false },
      ...left([]),
    }),
    forecast: none("count_unknown"),
  },
  "procedure-armed": {
    phase: "draining",
    flags: stopped,
    view: (now) => ({ ...calm(now), automation: { state: "armed" } }),
    forecast: between,
    news: () => [{ kind: "permission_kept" }],
  },
  "procedure-stopped": {
    phase: "draining",
    flags: stopped,
    view: (now) => ({ ...drain(now), automation: { state: "stopped", why: "resumed" }, rereading: true }),
    news: (now) => [
      { kind: "rereading", at: now },
      { kind: "automation_stopped", why: "resumed", at: now },
    ],
  },
  "procedure-frozen": {
    phase: "draining",
    flags: closed,
    view: drain,
    forecast: none("read_only"),
    news: (now) => [{ kind: "count_may_no_longer_fall", since: now }],
  },
  "procedure-suspect": {
    phase: "draining",
    flags: open,
    view: calm,
    suspect: "job_stop",
  },
  "procedure-drained": {
    phase: "point_of_no_return",
    flags: stopped,
    view: drained,
    news: (now) => [{ kind: "drained", at: now }],
  },
  "procedure-going": { phase: "going_read_only", flags: stopped, view: drained },
  "procedure-gate": { phase: "quiet_gate", flags: closed, view: gate },
  "procedure-quiet": {
    phase: "quiet_gate",
    flags: closed,
    view: (now) => ({ ...gate(now), gate: { ...quiet, last_zero: now }, services_restarted: true }),
    news: (now) => [{ kind: "quiet", since: now }],
  },
  "procedure-work": {
    phase: "work",
    flags: closed,
    view: (now) => ({
      ...gate(now),
      since: now - 95 * MINUTE,
      away_since: now - 40 * MINUTE,
      options: { ...firstOptions, planned_end: now - 20 * MINUTE },
    }),
    news: (now) => [{ kind: "overdue", planned_end: now - 20 * MINUTE, level: 2 }],
  },
  "procedure-work-open": {
    phase: "work",
    flags: stopped,
    view: (now) => ({
      ...gate(now),
      since: now - 12 * MINUTE,
      options: { ...firstOptions, planned_end: now + 95 * MINUTE },
    }),
  },
  "procedure-ending": { phase: "ending_read_only", flags: closed, view: drained },
  "procedure-checking": {
    phase: "checking",
    flags: stopped,
    view: drained,
    news: (now) => [{ kind: "platform_back", at: now }],
  },
  "procedure-starting": { phase: "starting_jobs", flags: stopped, view: drained },
  "procedure-watching": {
    phase: "watching",
    flags: open,
    view: (now) => ({ ...drained(now), watch_remaining_ms: 7 * MINUTE + 12_000 }),
  },
  "procedure-finished": { phase: "finished", flags: open, view: drained },
  "procedure-gaveup": {
    phase: "gave_up",
    flags: stopped,
    view: drain,
    news: (now) => [
      { kind: "gave_up", at: now, holding: drain(now).holding ?? null },
      { kind: "left_on", mode: "job_stop" },
    ],
  },
  "procedure-aborted": { phase: "aborted", flags: stopped, view: drain },
};

function show(backend: FakeBackend, { phase, flags, view, forecast, news, suspect }: Stage): void {
  const now = backend.now();
  backend.world.flags = flags;
  backend.open(productionConnection);
  if (phase !== "draining" && phase !== "gave_up" && phase !== "aborted")
    backend.world.jobs = backend.world.jobs.filter((job) => job.backyard === "ita-by-conductor-synchronize");
  backend.poll();
  const notices = (news?.(now) ?? []).map<Notice>((it, index) => ({
    kind: "procedure",
    id: index + 1,
    at: now,
    news: it,
  }));
  const procedure = procedureIn(phase, now, view?.(now));
  if (suspect) backend.setLive({ suspect: { job_stop: null, read_only: null, [suspect]: now } });
  backend.setLive({ procedure, forecast: forecast?.(now) ?? null, notices, lock_open_until: now + 13 * MINUTE });
}

/** What `itamctl` is doing, or left. */
function showElsewhere(backend: FakeBackend, other_address: string | null): void {
  show(backend, { phase: "draining", flags: stopped });
  const since = backend.now() - 6 * MINUTE;
  const procedure_elsewhere = { driven_by: "command_line", phase: "draining", since, other_address } as const;
  backend.setLive({ procedure: null, procedure_elsewhere });
}

export const procedureScenarios: Record<string, (backend: FakeBackend) => void> = {
  ...Object.fromEntries(
    Object.entries(stages).map(([name, stage]) => [name, (backend: FakeBackend) => show(backend, stage)]),
  ),
  "procedure-elsewhere": (backend) => showElsewhere(backend, null),
  "procedure-other-address": (backend) => showElsewhere(backend, "https://ita-old.example.co.jp:81"),
};
