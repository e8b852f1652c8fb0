import type { JobRow } from "../../generated/JobRow";
import type { JobWindow } from "../../generated/JobWindow";
import type { Commands } from "../contract";
import type { FakeBackend } from "./backend";

const MINUTE = 60_000;

/** The row at a place of a list that is made up as it is read. */
function rowAt(index: number, now: number): JobRow {
  const updated = now - (index % 3000) * 1000;
  return {
    organization_id: `org-${String(Math.floor(index / 1000)).padStart(4, "0")}`,
    workspace_id: `ws-${index % 7}`,
    backyard: index % 5 === 4 ? "ita-by-conductor-synchronize" : "ita-by-ansible-execute",
    class: index % 5 === 4 ? "conductor" : "counted",
    job_id: `${String(index).padStart(8, "0")}-0000-4000-8000-000000000000`,
    status_id: index % 11 === 0 ? "4" : "3",
    status_name: null,
    last_update_raw: new Date(updated + 540 * MINUTE).toISOString(),
    last_update_utc: updated,
    age_seconds: index % 3000,
    is_new: false,
    is_status_changed: false,
    is_gone: false,
    is_incomplete: false,
  };
}

/** Makes the open list as long as wanted without holding it: `job_window` makes the rows it is asked for. */
export function withManyRows(backend: FakeBackend, total: number): void {
  const now = backend.now();
  const window = ({ offset, limit }: Commands["job_window"]["args"]): JobWindow => ({
    revision: backend.live.revision,
    total,
    matched: total,
    listed: total,
    listed_matched: total,
    offset,
    rows: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, row) => rowAt(offset + row, now)),
  });
  backend.answer("job_window", window);
  const { running } = backend.live;
  if (running.state !== "known") return;
  const counted = total - Math.floor(total / 5);
  const value = {
    ...running.value,
    rows: total,
    counted,
    reported: counted,
    deciding: counted,
    conductors: total - counted,
  };
  backend.setLive({ running: { ...running, value } });
}
