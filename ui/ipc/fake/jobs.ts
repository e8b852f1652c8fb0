import type { Facets } from "../../generated/Facets";
import type { FacetValue } from "../../generated/FacetValue";
import type { JobColumn } from "../../generated/JobColumn";
import type { JobFilter } from "../../generated/JobFilter";
import type { JobRow } from "../../generated/JobRow";
import type { JobView } from "../../generated/JobView";
import type { Language } from "../../generated/Language";
import type { StatusKey } from "../../generated/StatusKey";
import type { WorkspaceKey } from "../../generated/WorkspaceKey";
import { backyardName, statusName } from "../../i18n/vocabulary";

/** The view of the core in small: good enough for a browser, not a second truth. */

const collator = new Intl.Collator("ja", { numeric: true });

function text(row: JobRow, column: JobColumn, language: Language): string | number {
  switch (column) {
    case "backyard":
      return backyardName(row.backyard, language);
    case "status_name":
      return statusName(row.backyard, row.status_id, language) ?? row.status_name ?? "";
    case "counted":
      return row.class;
    case "age_seconds":
      return row.age_seconds ?? Number.POSITIVE_INFINITY;
    case "last_update_utc":
      return row.last_update_utc ?? Number.POSITIVE_INFINITY;
    default:
      return row[column];
  }
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === "number" && typeof other === "number") return one === other ? 0 : one < other ? -1 : 1;
  return collator.compare(String(one), String(other));
}

const natural: readonly JobColumn[] = ["organization_id", "workspace_id", "backyard", "job_id"];

const workspace = ({ organization_id, workspace_id }: JobRow): WorkspaceKey => ({ organization_id, workspace_id });
const status = ({ backyard, status_id }: JobRow): StatusKey => ({ backyard, status_id });
const key = (value: string | WorkspaceKey | StatusKey) => JSON.stringify(Object.values(value));

function passes(row: JobRow, filter: JobFilter, language: Language): boolean {
  const within = (allowed: readonly string[], value: string) => allowed.length === 0 || allowed.includes(value);
  if (!within(filter.organizations, row.organization_id)) return false;
  if (!within(filter.workspaces.map(key), key(workspace(row)))) return false;
  if (!within(filter.backyards, row.backyard)) return false;
  if (!within(filter.statuses.map(key), key(status(row)))) return false;
  const everything = [
    row.organization_id,
    row.workspace_id,
    row.backyard,
    row.job_id,
    text(row, "backyard", language),
    text(row, "status_name", language),
  ]
    .join(" ")
    .normalize("NFKC")
    .toLowerCase();
  const words = filter.text.normalize("NFKC").toLowerCase().split(/\s+/);
  return words.every((word) => everything.includes(word));
}

/** Filtered and sorted, never changing `rows`. */
export function applyView(rows: readonly JobRow[], { sort, filter, language }: JobView): JobRow[] {
  const keys = sort ? [sort.column, ...natural] : natural;
  return rows
    .filter((row) => passes(row, filter, language))
    .sort((one, other) => {
      for (const key of keys) {
        const order = compare(text(one, key, language), text(other, key, language));
        if (order !== 0) return key === sort?.column && sort.descending ? -order : order;
      }
      return 0;
    });
}

export function facets(rows: readonly JobRow[]): Facets {
  const by = <T extends string | WorkspaceKey | StatusKey>(of: (row: JobRow) => T): FacetValue<T>[] => {
    const values = new Map<string, FacetValue<T>>();
    for (const row of rows) {
      const value = of(row);
      values.set(key(value), { value, rows: (values.get(key(value))?.rows ?? 0) + 1 });
    }
    return [...values].sort(([one], [other]) => compare(one, other)).map(([, value]) => value);
  };
  return {
    organizations: by((row) => row.organization_id),
    workspaces: by(workspace),
    backyards: by((row) => row.backyard),
    statuses: by(status),
  };
}
