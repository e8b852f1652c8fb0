import type { Connection } from "../../generated/Connection";
import type { JobRow } from "../../generated/JobRow";
import type { JournalEvent } from "../../generated/JournalEvent";
import type { JournalKind } from "../../generated/JournalKind";
import type { Mode } from "../../generated/Mode";
import type { SwitchOutcome } from "../../generated/SwitchOutcome";
import { problem } from "../problem";
import type { FakeBackend, Handlers } from "./backend";
import { applyView, facets } from "./jobs";
import { changeLevels, readLevels } from "./logLevels";
import { planSwitch } from "./planning";
import { doAct, planAct, takeOver } from "./procedure";
import { closedLive, toConnection } from "./samples";

const LOCK_MILLISECONDS = 15 * 60_000;

function find(backend: FakeBackend, id: string): Connection {
  const found = backend.connections.find((connection) => connection.id === id);
  if (!found) throw problem("bad_argument", { reason: "id" });
  return found;
}

function cutToOrigin(typed: string): URL {
  try {
    const url = new URL(typed.trim());
    if (url.username || !/^https?:$/.test(url.protocol)) throw new Error("scheme");
    return url;
  } catch {
    throw problem("address_invalid", { reason: typed });
  }
}

/** Rows that have left are shown for one poll and counted nowhere. */
const listed = (rows: readonly JobRow[]) => rows.filter((row) => !row.is_gone);

async function switchMode(backend: FakeBackend, mode: Mode, on: boolean): Promise<SwitchOutcome> {
  backend.setLive({ switching: mode });
  backend.record({ event: "switch_requested", mode, on, user: backend.live.connection?.user ?? "" });
  await new Promise((resolve) => setTimeout(resolve, 0));
  backend.world.flags = { ...backend.world.flags, [mode]: on };
  backend.setLive({ switching: null });
  if (backend.live.lock_open_until !== null) backend.setLive({ lock_open_until: backend.now() + LOCK_MILLISECONDS });
  backend.record({
    event: "switched",
    mode,
    on,
    user: backend.live.connection?.user ?? "",
    outcome: "done",
    read_back: on,
    platform_time: backend.now(),
    problem: null,
  });
  backend.poll();
  return { outcome: "done", read_back: backend.world.flags };
}

/** What each command does here, one entry a command. */
const kindOf: Record<JournalEvent["event"], JournalKind> = {
  switch_requested: "switch",
  switched: "switch",
  log_levels_requested: "switch",
  log_levels_changed: "switch",
  observed_change: "change",
  observed_levels: "change",
  phase: "procedure",
  chosen: "procedure",
  exported: "export",
  evidence_packed: "export",
  connected: "connection",
  login_refused: "connection",
};

export const handlers: Handlers = {
  start_state: (backend) => ({
    version: "0.1.0",
    connections: backend.connections,
    background: backend.background,
    preferences: backend.preferences,
    problems: backend.problems,
    log_file: "/home/night/.local/state/io.github.ita-maintenance.desktop/ita-maintenance.log",
    live: backend.live,
    left_on: backend.leftOn,
  }),
  job_window: (backend, { view, offset, limit }) => {
    const rows = applyView(backend.rows, view);
    return {
      revision: backend.live.revision,
      total: backend.rows.length,
      matched: rows.length,
      listed: listed(backend.rows).length,
      listed_matched: listed(rows).length,
      offset,
      rows: rows.slice(offset, offset + Math.min(limit, 500)),
    };
  },
  job_facets: (backend) => facets(backend.rows),
  journal_entries: (backend, { limit, kind }) =>
    backend.journal.filter(({ event }) => kind === null || kindOf[event] === kind).slice(0, limit),
  log_levels: (backend) => readLevels(backend),

  window_visibility: () => null,
  window_language: () => null,

  connect: (backend, { id, password }) => {
    const connection = find(backend, id);
    if (connection.secret_place === "ask" && password === null) {
      backend.setLive({
        ...closedLive,
        generation: backend.live.generation + 1,
        connection,
        phase: { phase: "stopped", problem: problem("password_needed") },
      });
      return null;
    }
    backend.open(connection);
    return null;
  },
  disconnect: (backend) => {
    backend.setLive({ ...closedLive, generation: backend.live.generation + 1 });
    return null;
  },
  refresh: (backend) => {
    if (!backend.live.connection) throw problem("not_connected");
    backend.poll();
    return null;
  },
  open_lock: (backend) => {
    backend.setLive({ lock_open_until: backend.now() + LOCK_MILLISECONDS });
    return null;
  },
  close_lock: (backend) => {
    backend.setLive({ lock_open_until: null });
    return null;
  },
  plan_switch: (backend, { mode, on }) => planSwitch(backend.live, mode, on),
  switch_mode: (backend, { mode, on, consent }) => {
    const plan = planSwitch(backend.live, mode, on);
    if (plan.lock_closed) throw problem("lock_closed");
    const isNamed = consent.typed_name === plan.name;
    const isGiven = plan.confirmation === "none" || isNamed || (plan.confirmation === "agree" && consent.agreed);
    if (!isGiven) throw problem("confirmation_needed");
    return switchMode(backend, mode, on);
  },
  change_log_levels: (backend, { changes, consent }) => changeLevels(backend, changes, consent),
  plan_procedure_act: (backend, { act }) => planAct(backend.live, act),
  procedure_act: (backend, { act, consent }) => doAct(backend, act, consent),
  take_over_procedure: (backend) => takeOver(backend),
  dismiss_notice: (backend, { id }) => {
    backend.setLive({ notices: backend.live.notices.filter((notice) => notice.id !== id) });
    return null;
  },
  dismiss_left_on: (backend, { id }) => {
    const { modes } = backend.leftOn;
    backend.setLeftOn({ ...backend.leftOn, modes: modes.filter((mode) => mode.connection !== id) });
    return null;
  },

  answer_quit: () => null,

  connect_practice: (backend, { exercise }) => {
    if (exercise) backend.preferences = { ...backend.preferences, practice: exercise };
    backend.openPractice();
    return null;
  },
  check_address: (_backend, { typed }) => {
    const url = cutToOrigin(typed);
    const isLoopback = /^(127\.|localhost$|\[::1\]$)/.test(url.hostname);
    return {
      origin: url.origin,
      was_cut: url.origin !== typed.trim(),
      is_plain: url.protocol === "http:" && !isLoopback,
      unicode_host: null,
      lookalikes: [],
    };
  },
  save_connection: (backend, { draft }) => {
    const address = cutToOrigin(draft.address).origin;
    const id = draft.id ?? `00000000-0000-4000-8000-${String(backend.connections.length).padStart(12, "0")}`;
    const saved = { ...toConnection(draft, id), address };
    const isNew = !backend.connections.some((connection) => connection.id === id);
    backend.setConnections(
      isNew
        ? [...backend.connections, saved]
        : backend.connections.map((connection) => (connection.id === id ? saved : connection)),
    );
    return saved;
  },
  delete_connection: (backend, { id }) => {
    if (backend.live.connection?.id === id) backend.setLive(closedLive);
    backend.setConnections(backend.connections.filter((connection) => connection.id !== id));
    return null;
  },
  test_connection: async (backend, { test }) => {
    const steps = backend.testSteps.map((step) => ({ ...step, test }));
    for (const step of steps) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      backend.emit("test_step", step);
    }
    return steps;
  },
  cancel_test: () => null,
  save_preferences: (backend, { preferences }) => {
    backend.preferences = preferences;
    return null;
  },
  retry_keyring: (backend) => backend.keyring,
  export_connections: ({ connections }) => ({ path: "/home/tanaka/ita-connections.json", count: connections.length }),
  choose_import: (backend) => backend.importFile,
  import_connections: (backend, { chosen }) => {
    const added = backend.importFile.connections.flatMap(({ connection }) =>
      chosen.includes(connection.id) ? connection : [],
    );
    if (added.length !== chosen.length) throw problem("bad_argument", { reason: "connection" });
    backend.setConnections([...backend.connections, ...added]);
    return added;
  },

  export_jobs: (backend, { request }) => {
    if (backend.live.running.state !== "known") throw problem("nothing_to_export");
    const rows = listed(request.everything ? backend.rows : applyView(backend.rows, request.view));
    const path = `/home/tanaka/maintenance_running-jobs.${request.format}`;
    backend.emit("export_progress", { rows: 0, total: rows.length });
    backend.record({ event: "exported", path, rows: rows.length });
    return { path, rows: rows.length, read_at: backend.live.running.at };
  },
  export_evidence: (backend, { language, chooseTarget }) => {
    if (backend.live.procedure === null) throw problem("no_procedure");
    const asks = chooseTarget || backend.preferences.export_folder === null;
    if (asks && backend.cancelsDialogs) return null;
    const path = `/home/tanaka/作業報告/maintenance_evidence_${language}`;
    const missing = backend.missingLists;
    const files = 6 - missing.length;
    backend.record({ event: "evidence_packed", path, files });
    return { path, files, missing };
  },
  cancel_export: () => null,
  choose_export_folder: () => "/home/tanaka/作業報告",
};
