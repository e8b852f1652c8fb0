import type { JobRow } from "../../generated/JobRow";
import type { Language } from "../../generated/Language";
import { backyardName } from "../../i18n/vocabulary";
import { visibleText } from "../../shared";
import { statusText } from "./status";

export type CopyKind = "id" | "row" | "json";

const utc = (row: JobRow) => (row.last_update_utc === null ? null : new Date(row.last_update_utc).toISOString());

/** Ids and rows are made visible as on the screen: what is pasted into a terminal must not act. */
export function copyText(row: JobRow, kind: CopyKind, language: Language): string {
  switch (kind) {
    case "id":
      return visibleText(row.job_id);
    case "row":
      return [
        row.organization_id,
        row.workspace_id,
        backyardName(row.backyard, language),
        statusText(row, language) ?? row.status_id,
        row.job_id,
        utc(row) ?? row.last_update_raw ?? "",
      ]
        .map(visibleText)
        .join("\t");
    case "json":
      return JSON.stringify(
        {
          organization_id: row.organization_id,
          workspace_id: row.workspace_id,
          backyard: row.backyard,
          // As in the files: what is not classified is neither.
          counted: row.class === "unclassified" ? null : row.class === "counted",
          job_id: row.job_id,
          status_id: row.status_id,
          status_name: row.status_name,
          last_update_raw: row.last_update_raw,
          last_update_utc: utc(row),
          age_seconds: row.age_seconds,
        },
        null,
        2,
      );
  }
}
