import type { JobRow } from "../../generated/JobRow";
import type { Timestamp } from "../../generated/Timestamp";
import type { FakeBackend } from "./backend";
import { withManyRows } from "./manyRows";
import * as samples from "./samples";

const MILLION = 1_000_000;

/** States of the list of jobs that an ordinary night does not show. */
export const jobScenarios: Record<string, (backend: FakeBackend) => void> = {
  million: (backend) => {
    backend.open(samples.productionConnection);
    withManyRows(backend, MILLION);
  },
  odd: (backend) => {
    backend.open(samples.productionConnection);
    showRows(backend, oddRows(backend.now()));
  },
  zoneless: (backend) => {
    backend.open(samples.productionConnection);
    const rows = backend.rows.map((row) => ({ ...row, last_update_utc: null, age_seconds: null }));
    showRows(backend, rows);
    backend.setLive({ zone: { basis: "unproven" } });
  },
  idle: (backend) => {
    backend.open(samples.productionConnection);
    showRows(backend, []);
  },
  reading: (backend) => {
    backend.open(samples.productionConnection);
    backend.setLive({ running: { state: "unknown", problem: null } });
  },
};

/** Puts these rows in the place of the world's, as one complete answer. */
function showRows(backend: FakeBackend, rows: JobRow[]): void {
  backend.rows = rows;
  const value = backend.world.summary(rows, backend.now());
  const running = { state: "known", value, at: backend.now() } as const;
  backend.setLive({ running, revision: backend.live.revision + 1 });
}

/** Rows as no platform should send them, and as some do. */
export function oddRows(now: Timestamp): JobRow[] {
  const row = (change: Partial<JobRow>): JobRow => ({
    organization_id: "sales",
    workspace_id: "prod-batch",
    backyard: "ita-by-ansible-execute",
    class: "counted",
    job_id: "965dfd15-b741-4dd8-9136-00e505b14c44",
    status_id: "3",
    status_name: null,
    last_update_raw: "2026-11-22T22:10:29.123456Z",
    last_update_utc: now - 125_000,
    age_seconds: 125,
    is_new: false,
    is_status_changed: false,
    is_gone: false,
    is_incomplete: false,
    ...change,
  });
  const empty = { last_update_raw: null, last_update_utc: null, age_seconds: null };
  return [
    row({ organization_id: "<script>alert(1)</script>", workspace_id: "<img src=x onerror=alert(1)>" }),
    row({ organization_id: "safe\u202Egpj.exe", workspace_id: "a\u0000b\u001b[31mc", job_id: "line\nbreak" }),
    row({ organization_id: "e\u0301か\u3099 👩‍💻", workspace_id: "𠮷野家" }),
    row({ organization_id: "長い名前".repeat(2500), job_id: "x".repeat(10_000) }),
    row({
      backyard: "ita-by-quantum-execute",
      class: "unclassified",
      status_id: "7",
      status_name: "量子待ち",
      is_status_changed: true,
    }),
    row({ backyard: "ita-by-quantum-execute", class: "unclassified", status_id: "9", is_new: true }),
    row({ backyard: "ita-by-conductor-synchronize", class: "conductor", status_id: "5" }),
    row({ job_id: "", status_id: "", is_incomplete: true, ...empty }),
    row({ status_id: "2", last_update_raw: "いつか", last_update_utc: null, age_seconds: null }),
    row({ status_id: "4", is_gone: true, job_id: "0c1d6a52-2f77-4c57-a3ec-7b0f0c3a1f10" }),
  ];
}
