import type { JobColumn } from "../../generated/JobColumn";
import type { JobFilter } from "../../generated/JobFilter";
import type { JobSort } from "../../generated/JobSort";

/** Ascending, descending, none; another column starts over. */
export function nextSort(current: JobSort | null, column: JobColumn): JobSort | null {
  if (current?.column !== column) return { column, descending: false };
  return current.descending ? null : { column, descending: true };
}

export const noFilter: JobFilter = { text: "", organizations: [], workspaces: [], backyards: [], statuses: [] };

export function isFiltered({ text, organizations, workspaces, backyards, statuses }: JobFilter): boolean {
  return text.trim() !== "" || organizations.length + workspaces.length + backyards.length + statuses.length > 0;
}
