import { isProcedureAlarm } from "../features/procedure";
import type { Notice } from "../generated/Notice";

type Changed = Extract<Notice, { kind: "changed_elsewhere" }>;

/** The last two doubtful "off"s when one answer turned both modes; otherwise none. */
export function suspectTogether(notices: readonly Notice[]): readonly Changed[] {
  const suspects = notices.filter((notice): notice is Changed => notice.kind === "changed_elsewhere" && notice.suspect);
  const last = suspects.at(-1);
  const together = suspects.filter((notice) => notice.at === last?.at);
  return new Set(together.map((notice) => notice.mode)).size > 1 ? together : [];
}

/** What must be seen first. A mode that reads off without anybody here having switched it is the most pressing of all. */
export function isAlarm(notice: Notice): boolean {
  if (notice.kind === "procedure") return isProcedureAlarm(notice.news);
  return notice.kind === "changed_elsewhere" && notice.suspect;
}
