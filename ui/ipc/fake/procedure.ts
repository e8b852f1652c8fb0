import type { ActPlan } from "../../generated/ActPlan";
import type { Consent } from "../../generated/Consent";
import type { Live } from "../../generated/Live";
import type { ProcedureAct } from "../../generated/ProcedureAct";
import type { ProcedureOptions } from "../../generated/ProcedureOptions";
import type { ProcedurePhase } from "../../generated/ProcedurePhase";
import type { ProcedureView } from "../../generated/ProcedureView";
import { problem } from "../problem";
import type { FakeBackend } from "./backend";
import { planSwitch } from "./planning";

/** A procedure that is told where it stands; the machine that finds out is the core's. */

export const firstOptions: ProcedureOptions = {
  start_at: null,
  settle_minutes: 90,
  give_up_at: null,
  planned_end: null,
  go_on_by_itself: false,
};

/** The phases that wait for a switch to be read back. */
const switching: ReadonlySet<ProcedurePhase> = new Set([
  "stopping_jobs",
  "going_read_only",
  "ending_read_only",
  "starting_jobs",
]);

/** Nothing is ever packed here before the next one begins. */
const hasEnded: ReadonlySet<ProcedurePhase> = new Set(["finished", "gave_up", "aborted"]);

/** A procedure in a phase, as it looks when nothing has been read yet. */
export function procedureIn(phase: ProcedurePhase, now: number, change: Partial<ProcedureView> = {}): ProcedureView {
  const view: ProcedureView = {
    driven_by: "window",
    phase,
    since: now,
    began_at: now,
    awaits_answer: switching.has(phase),
    options: firstOptions,
    automation: { state: "off" },
    zeros: 0,
    zeros_needed: 3,
    holding: null,
    jobs_stopped_at: null,
    dangers: [],
    gate: {
      count_is_zero: false,
      list_is_complete: false,
      read_only_is_on: false,
      has_settled: false,
      remaining_ms: 90 * 60_000,
      last_zero: null,
    },
    remaining: [],
    remaining_total: 0,
    unclassified: [],
    waived: [],
    services_restarted: false,
    watch_remaining_ms: 10 * 60_000,
    rereading: false,
    away_since: null,
    keeps_awake: phase !== "work" && phase !== "checking",
    title: { phase, holding: null, since: now },
    ...change,
  };
  return { ...view, title: { phase, holding: view.holding, since: view.since } };
}

const isQuiet = ({ gate }: ProcedureView) =>
  gate.count_is_zero && gate.list_is_complete && gate.read_only_is_on && gate.has_settled;

/** The switch that an act sends, if it sends one. */
function switchOf(act: ProcedureAct): { mode: "job_stop" | "read_only"; on: boolean } | null {
  switch (act.act) {
    case "start":
      return act.options.start_at === null ? { mode: "job_stop", on: true } : null;
    case "switch_off":
      return { mode: act.mode, on: false };
    case "reopen":
      return { mode: "read_only", on: false };
    case "stop_again":
      return { mode: "job_stop", on: true };
    case "confirm":
      return confirmedSwitch(act.phase);
    default:
      return null;
  }
}

function confirmedSwitch(phase: ProcedurePhase): ReturnType<typeof switchOf> {
  switch (phase) {
    case "scheduled":
    case "stopping_jobs":
      return { mode: "job_stop", on: true };
    case "draining":
    case "point_of_no_return":
      return { mode: "read_only", on: true };
    case "work":
    case "ending_read_only":
      return { mode: "read_only", on: false };
    case "checking":
    case "starting_jobs":
      return { mode: "job_stop", on: false };
    default:
      return null;
  }
}

export function planAct(live: Live, act: ProcedureAct): ActPlan {
  const sent = switchOf(act);
  const view = live.procedure;
  const passesGate = act.act === "confirm" && act.phase === "quiet_gate" && view !== null && !isQuiet(view);
  const arms = (act.act === "go_on_by_itself" && act.on) || (act.act === "start" && sent === null);
  const plan = planSwitch(live, sent?.mode ?? "job_stop", sent?.on ?? false);
  const dangers = sent?.mode === "read_only" && sent.on ? (view?.dangers ?? []) : [];
  const asked =
    sent === null || act.act === "stop_again" ? "none" : dangers.length > 0 ? "type_name" : plan.confirmation;
  return {
    confirmation: passesGate ? "type_name" : asked === "type_name" && dangers.length === 0 ? "agree" : asked,
    dangers,
    lock_closed: (sent !== null || arms || passesGate) && plan.lock_closed,
    name: plan.name,
    running: live.running,
    loses_evidence: act.act === "start" && view !== null && hasEnded.has(view.phase),
  };
}

export function doAct(backend: FakeBackend, act: ProcedureAct, consent: Consent): null {
  const plan = planAct(backend.live, act);
  if (plan.lock_closed) throw problem("lock_closed");
  const isNamed = consent.typed_name === plan.name;
  if (plan.confirmation === "type_name" ? !isNamed : plan.confirmation === "agree" && !consent.agreed)
    throw problem("confirmation_needed");
  const before = backend.live.procedure ?? procedureIn("not_started", backend.now());
  const sent = switchOf(act);
  if (sent) {
    backend.world.flags = { ...backend.world.flags, [sent.mode]: sent.on };
    backend.poll();
  }
  backend.setLive({ procedure: after(before, act, backend.now()) });
  return null;
}

export function takeOver(backend: FakeBackend): null {
  const found = backend.live.procedure_elsewhere;
  if (!found) return null;
  backend.setLive({ procedure: procedureIn(found.phase, backend.now()), procedure_elsewhere: null });
  return null;
}

/** Every switch is read back at once here. */
const confirmed: Partial<Record<ProcedurePhase, ProcedurePhase>> = {
  scheduled: "draining",
  stopping_jobs: "draining",
  draining: "quiet_gate",
  point_of_no_return: "quiet_gate",
  quiet_gate: "work",
  work: "checking",
  ending_read_only: "checking",
  checking: "watching",
  starting_jobs: "watching",
};

function after(view: ProcedureView, act: ProcedureAct, now: number): ProcedureView {
  const enter = (phase: ProcedurePhase, change: Partial<ProcedureView> = {}) =>
    procedureIn(phase, now, { ...view, phase, since: now, awaits_answer: false, ...change });
  const option = (change: Partial<ProcedureOptions>) => ({ ...view, options: { ...view.options, ...change } });
  switch (act.act) {
    case "start":
      return act.options.start_at === null
        ? procedureIn("draining", now, { options: act.options, jobs_stopped_at: now })
        : procedureIn("scheduled", now, { options: act.options, automation: { state: "armed" } });
    case "confirm":
      return act.phase === view.phase ? enter(confirmed[view.phase] ?? view.phase) : view;
    case "switch_off":
      return view;
    case "reopen":
      return enter("checking");
    case "services_restarted":
      return { ...view, services_restarted: act.done, gate: { ...view.gate, has_settled: act.done } };
    case "settle_minutes":
      return option({ settle_minutes: act.minutes });
    case "planned_end":
      return option({ planned_end: act.at });
    case "give_up_at":
      return option({ give_up_at: act.at });
    case "go_on_by_itself":
      return { ...option({ go_on_by_itself: act.on }), automation: { state: act.on ? "armed" : "off" } };
    case "waive":
      return {
        ...view,
        waived: [...view.waived, act.container],
        unclassified: view.unclassified.filter((name) => name !== act.container),
      };
    case "hold":
      return { ...view, automation: { state: "held" } };
    case "continue":
      return view.phase === "gave_up" ? enter("draining") : { ...view, automation: { state: "armed" } };
    case "abort":
      return enter(view.phase === "scheduled" ? "not_started" : "aborted");
    case "stop_watch":
      return enter("finished");
    case "stop_again":
      return enter("draining");
  }
}
