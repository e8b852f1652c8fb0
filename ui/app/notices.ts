import { isProcedureAlarm } from "../features/procedure";
import type { Notice } from "../generated/Notice";

/** What must be seen first. A mode that reads off without anybody here having switched it is the most pressing of all. */
export function isAlarm(notice: Notice): boolean {
  if (notice.kind === "procedure") return isProcedureAlarm(notice.news);
  return notice.kind === "changed_elsewhere" && notice.suspect;
}
