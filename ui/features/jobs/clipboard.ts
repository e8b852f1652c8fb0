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
          counted: row.class,
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

/** Writes to the clipboard; where the modern way is missing or refused, by a selection and the old command. */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  area.setAttribute("aria-hidden", "true");
  document.body.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
