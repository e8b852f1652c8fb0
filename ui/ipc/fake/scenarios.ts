import { problem } from "../problem";
import { FakeBackend } from "./backend";
import { knownReading, preview } from "./planning";
import * as samples from "./samples";
import { jobScenarios } from "./scenarios.jobs";
import { procedureScenarios } from "./scenarios.procedure";
import { otherPin, pinnedLeaf, testReportNamed } from "./testSteps";

const MINUTE = 60_000;

/** States that can be asked for by `?state=…`, each a picture of the window. */
const scenarios: Record<string, (backend: FakeBackend) => void> = {
  welcome: (backend) => {
    backend.preferences = { ...backend.preferences, welcomed: false };
    backend.connections = [];
  },
  first: (backend) => {
    backend.preferences = { ...backend.preferences, welcomed: false };
    backend.connections = [];
    backend.openPractice();
  },
  closed: () => {},
  opening: (backend) => {
    backend.setLive({ connection: samples.productionConnection, phase: { phase: "opening" }, generation: 1 });
  },
  practice: (backend) => backend.openPractice(),
  production: (backend) => night(backend),
  staging: (backend) => backend.open(samples.stagingConnection),
  development: (backend) => backend.open(samples.developmentConnection),
  "left-on": (backend) => {
    backend.openPractice();
    leaveOn(backend);
  },
  drained: (backend) => {
    night(backend);
    backend.world.jobs = [];
    backend.poll();
    backend.poll();
  },
  readonly: (backend) => {
    night(backend);
    backend.world.jobs = backend.world.jobs.filter((job) => job.backyard === "ita-by-conductor-synchronize");
    backend.world.flags = { job_stop: true, read_only: true };
    backend.poll();
    backend.poll();
  },
  levels: (backend) => {
    backend.open(samples.stagingConnection);
    backend.levels.set("ita-by-ansible-execute", "DEBUG");
    backend.levels.set("ita-by-collector", "TRACE");
    backend.levels.set("ita-by-file-autoclean", null);
  },
  ...jobScenarios,
  ...procedureScenarios,
  crowd: (backend) => {
    night(backend);
    backend.world.crowd(backend.now(), 3000);
    backend.poll();
  },
  stale: (backend) => {
    night(backend);
    fail(backend, "gateway_error", {
      status: 502,
      method: "GET",
      path: "/api/ita/backyard-execute-check/",
      attempts: 3,
    });
  },
  unknown: (backend) => {
    night(backend);
    const { modes } = backend.live;
    const disguise = problem("error_in_disguise", {
      method: "GET",
      path: "/api/ita/backyard-execute-check/",
      status: 200,
      platform_result: "999-99999",
      platform_message: "システムエラー",
      elapsed_ms: 431,
    });
    backend.pollProblem = disguise;
    backend.poll();
    // The two questions fail apart: the modes are still read.
    backend.setLive({ modes, banners: preview(knownReading({ ...backend.live, modes })) });
  },
  blind: (backend) => {
    const cause = {
      method: "GET",
      path: "/api/ita/backyard-execute-check/",
      status: 500,
      platform_result: "500-99999",
    };
    backend.pollProblem = problem("platform_error", cause);
    backend.open(samples.productionConnection);
  },
  suspect: (backend) => {
    night(backend);
    backend.world.flags = { job_stop: false, read_only: false };
    backend.poll();
    const at = backend.now() - MINUTE;
    const places = [
      { organization: "hr", workspace: "payroll" },
      { organization: "infra", workspace: null },
    ];
    backend.setLive({
      suspect: { job_stop: at, read_only: null },
      notices: [
        { kind: "changed_elsewhere", id: 1, at, mode: "job_stop", on: false, suspect: true },
        { kind: "vanished", id: 2, at, places, total: 2 },
      ],
    });
    const { running } = backend.live;
    if (running.state === "known") {
      const mismatches = [{ organization: "sales", workspace: "prod-batch", reported: 4, counted: 1, unclassified: 0 }];
      backend.setLive({
        running: { ...running, value: { ...running.value, reported: 6, unclassified: 1, mismatches, deciding: 6 } },
      });
    }
  },
  refused: (backend) => {
    night(backend);
    const facts = {
      method: "GET",
      path: "/api/platform/maintenance-mode-setting",
      status: 401,
      platform_result: "401-00002",
    };
    const refused = problem("login_refused", facts);
    backend.pollProblem = refused;
    backend.poll();
    backend.setLive({ phase: { phase: "stopped", problem: refused } });
  },
  password: (backend) => {
    const phase = { phase: "stopped", problem: problem("password_needed") } as const;
    backend.setLive({ connection: samples.developmentConnection, phase, generation: 1 });
  },
  certificate: (backend) => {
    const certificate = {
      sha256: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
      subject: "CN=ita-admin.example.co.jp",
      issuer: "CN=ita-admin.example.co.jp",
      not_before: backend.now() - 86_400_000,
      not_after: backend.now() + 365 * 86_400_000,
      objection: "UnknownIssuer",
    };
    const changed = problem("certificate_changed", {
      certificate,
      expected_sha256: otherPin,
      expected_leaf: pinnedLeaf,
    });
    const phase = { phase: "stopped", problem: changed } as const;
    backend.setLive({ connection: samples.productionConnection, phase, generation: 1 });
  },
};

function fail(backend: FakeBackend, ...[code, facts]: Parameters<typeof problem>): void {
  backend.pollProblem = problem(code, facts);
  backend.poll();
}

/** Job stop on since six minutes, jobs running out. */
function night(backend: FakeBackend): void {
  backend.world.flags = { job_stop: true, read_only: false };
  backend.open(samples.productionConnection);
  const now = backend.now();
  const counts = [9, 9, 10, 9, 9, 8, 8, 6, 6, 5, 5, 5, 4, 4, 3, 3];
  const history = counts.map((count, index) => ({ at: now - (counts.length - index) * 20_000, count }));
  backend.setLive({ history: [...history, ...backend.live.history], lock_open_until: now + 13 * MINUTE });
  backend.journal.push({
    at: now - 6 * MINUTE,
    workstation_user: "tanaka",
    event: "switched",
    mode: "job_stop",
    on: true,
    user: "admin",
    outcome: "done",
    read_back: true,
    platform_time: now - 6 * MINUTE,
    problem: null,
  });
}

/** A night that nobody ended, one that ended without this workstation, and a connection that could not be checked. */
function leaveOn(backend: FakeBackend): void {
  const now = backend.now();
  const at = (hours: number) => now - hours * 60 * MINUTE;
  backend.setLeftOn({
    modes: [
      {
        connection: samples.stagingConnection.id,
        mode: "read_only",
        since: { kind: "known", at: at(75) },
        seen_at: now,
        doubtful_since: null,
      },
      {
        connection: samples.stagingConnection.id,
        mode: "job_stop",
        since: { kind: "at_least", at: at(50) },
        seen_at: now,
        doubtful_since: null,
      },
      {
        connection: samples.productionConnection.id,
        mode: "job_stop",
        since: { kind: "at_least", at: at(6) },
        seen_at: at(1),
        doubtful_since: now,
      },
    ],
    unchecked: [{ connection: samples.developmentConnection.id, problem: problem("keyring_locked") }],
    checked_at: now,
  });
}

/**
 * `?state=unknown&theme=dark&lang=ja&frozen` - what a browser may ask for. `frozen` keeps time from passing.
 */
export function fakeFromQuery(query: URLSearchParams): FakeBackend {
  const backend = new FakeBackend();
  const language = query.get("lang");
  const theme = query.get("theme");
  backend.preferences = {
    ...samples.defaultPreferences,
    language: language === "ja" || language === "en" ? language : "system",
    theme: theme === "light" || theme === "dark" ? theme : "system",
  };
  backend.connections = [samples.productionConnection, samples.stagingConnection, samples.developmentConnection];
  backend.testSteps = testReportNamed(query.get("test"));
  const scenario = scenarios[query.get("state") ?? "practice"];
  scenario?.(backend);
  if (!query.has("frozen")) backend.run();
  return backend;
}
