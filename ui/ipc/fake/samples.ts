import type { Connection } from "../../generated/Connection";
import type { ConnectionDraft } from "../../generated/ConnectionDraft";
import type { Live } from "../../generated/Live";
import type { Preferences } from "../../generated/Preferences";
import { otherPin, pinnedLeaf } from "./testSteps";

export const practiceConnection: Connection = {
  id: "practice",
  name: "practice",
  address: "http://127.0.0.1:38081",
  environment: "practice",
  user: "admin",
  secret_place: "session",
  login: "automatic",
  certificate: { kind: "system" },
  proxy: { kind: "none" },
  poll_seconds: 5,
  zone: { kind: "automatic" },
  proven_offset_minutes: null,
  stopped_by_refused_login: false,
};

export const productionConnection: Connection = {
  id: "6f1d1a3e-5a3c-4a55-9a51-3f4b3f6a0001",
  name: "基幹ITA（東京）",
  address: "https://ita-admin.example.co.jp",
  environment: "production",
  user: "admin",
  secret_place: "keyring",
  login: "automatic",
  certificate: {
    kind: "pinned",
    sha256: otherPin,
    accept_expired: false,
    leaf: pinnedLeaf,
  },
  proxy: { kind: "none" },
  poll_seconds: null,
  zone: { kind: "automatic" },
  proven_offset_minutes: 540,
  stopped_by_refused_login: false,
};

export const stagingConnection: Connection = {
  ...productionConnection,
  id: "6f1d1a3e-5a3c-4a55-9a51-3f4b3f6a0002",
  name: "検証ITA",
  address: "http://ita-stg.example.co.jp:81",
  environment: "staging",
  user: "maintenance",
  secret_place: "session",
  certificate: { kind: "system" },
};

export const developmentConnection: Connection = {
  ...productionConnection,
  id: "6f1d1a3e-5a3c-4a55-9a51-3f4b3f6a0003",
  name: "開発ITA",
  address: "http://127.0.0.1:8081",
  environment: "development",
  secret_place: "ask",
  certificate: { kind: "system" },
};

export const defaultPreferences: Preferences = {
  language: "system",
  theme: "system",
  export_folder: null,
  export_preset: "excel",
  export_header: "keys",
  last_connection: null,
  views: {},
  practice: { scenario: "ordinary-night", speed: 1 },
  welcomed: true,
  left_on_guard: true,
  desktop_notifications: true,
};

/** Nothing open. */
export const closedLive: Live = {
  generation: 0,
  connection: null,
  is_plain: false,
  proxy: { kind: "none" },
  phase: { phase: "closed" },
  modes: { job_stop: { state: "unknown", problem: null }, read_only: { state: "unknown", problem: null } },
  suspect: { job_stop: null, read_only: null },
  running: { state: "unknown", problem: null },
  revision: 0,
  journal_lines: 0,
  history: [],
  forecast: null,
  notices: [],
  procedure: null,
  procedure_elsewhere: null,
  lock_open_until: null,
  banners: {
    now: { ita: "unknown", platform: "unknown" },
    after_job_stop: { ita: "unknown", platform: "unknown" },
    after_read_only: { ita: "read_only", platform: "read_only" },
  },
  login: null,
  zone: { basis: "unproven" },
  poll_seconds: 10,
  switching: null,
};

export function toConnection(draft: ConnectionDraft, id: string): Connection {
  return { ...draft, id, proven_offset_minutes: null, stopped_by_refused_login: false };
}
