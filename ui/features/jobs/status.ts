import type { JobRow } from "../../generated/JobRow";
import type { Language } from "../../generated/Language";
import { type StatusKind, statusKind, statusName } from "../../i18n/vocabulary";

/** Our word for the status, or the platform's own; null where neither has one (the id is left). */
export function statusText(row: JobRow, language: Language): string | null {
  return statusName(row.backyard, row.status_id, language) ?? row.status_name;
}

export function statusShape(row: JobRow): StatusKind | "unknown" {
  return statusKind(row.backyard, row.status_id) ?? "unknown";
}
