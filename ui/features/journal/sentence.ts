import type { JournalEntry } from "../../generated/JournalEntry";
import type { Language } from "../../generated/Language";
import type { Messages } from "../../i18n";
import { modeName } from "../../i18n/vocabulary";

export function journalSentence(entry: JournalEntry, texts: Messages["journal"], language: Language): string {
  switch (entry.event) {
    case "connected":
      return texts.connected(entry.user, entry.address);
    case "login_refused":
      return texts.loginRefused(entry.user);
    case "switch_requested":
      return texts.switchRequested(modeName(entry.mode, language), entry.on);
    case "switched":
      return texts.switched[entry.outcome](modeName(entry.mode, language), entry.on);
    case "observed_change":
      return entry.suspect && !entry.on
        ? texts.suspect(modeName(entry.mode, language))
        : texts.observed(modeName(entry.mode, language), entry.on);
    case "phase":
      return texts.phase[entry.phase];
    case "exported":
      return texts.exported(entry.rows, entry.path);
    case "evidence_packed":
      return texts.evidencePacked(entry.files, entry.path);
  }
}

/** The platform user behind an entry, where it has one. */
export function journalUser(entry: JournalEntry): string | null {
  return "user" in entry ? entry.user : null;
}

/** Lines have no number of their own; two that are wholly alike are shown alike. */
export function journalKey(entry: JournalEntry): string {
  return JSON.stringify(entry);
}
