import type { ChangedLevel } from "../../generated/ChangedLevel";
import type { JournalEntry } from "../../generated/JournalEntry";
import type { Language } from "../../generated/Language";
import type { LevelChange } from "../../generated/LevelChange";
import type { LevelReading } from "../../generated/LevelReading";
import type { ProcedureChoice } from "../../generated/ProcedureChoice";
import type { Timestamp } from "../../generated/Timestamp";
import type { Format, Messages } from "../../i18n";
import { modeName } from "../../i18n/vocabulary";

/** One line. `format` writes the times in it. */
export function journalSentence(
  entry: JournalEntry,
  texts: Messages["journal"],
  language: Language,
  format: Format,
): string {
  switch (entry.event) {
    case "connected":
      return texts.connected(entry.user, entry.address);
    case "login_refused":
      return texts.loginRefused(entry.user);
    case "switch_requested":
      return texts.switchRequested(modeName(entry.mode, language), entry.on);
    case "switched":
      return texts.switched[entry.outcome](modeName(entry.mode, language), entry.on);
    case "log_levels_requested":
      return texts.logLevelsRequested(levels(entry.changes, texts, format));
    case "log_levels_changed":
      return changed(entry.services, texts, format);
    case "observed_levels":
      return texts.observedLevels(
        format.list(
          entry.changes.map(({ service, from, to }) => texts.levelChange(service, word(from, texts), word(to, texts))),
        ),
      );
    case "observed_change":
      return entry.suspect && !entry.on
        ? texts.suspect(modeName(entry.mode, language))
        : texts.observed(modeName(entry.mode, language), entry.on);
    case "phase":
      return texts.phase[entry.phase];
    case "chosen":
      return choice(entry.choice, texts.chosen, format);
    case "exported":
      return texts.exported(entry.rows, entry.path);
    case "evidence_packed":
      return texts.evidencePacked(entry.files, entry.path);
  }
}

/** What became of the services, those with the same outcome together. */
function changed(services: readonly ChangedLevel[], texts: Messages["journal"], format: Format): string {
  const sentences = [...new Set(services.map(({ outcome }) => outcome))].map((outcome) => {
    const alike = services.filter((service) => service.outcome === outcome);
    return texts.logLevelsChanged[outcome](format.list(alike.map((service) => changedLevel(service, texts))));
  });
  return sentences.join(" / ");
}

/** With what was read where that is not what was wanted. */
function changedLevel({ service, from, to, outcome, read }: ChangedLevel, texts: Messages["journal"]): string {
  const change = texts.levelChange(service, from ?? "null", to);
  return outcome === "without_effect" || outcome === "unknown" ? texts.levelRead(change, word(read, texts)) : change;
}

function levels(changes: readonly LevelChange[], texts: Messages["journal"], format: Format): string {
  return format.list(changes.map(({ service, from, to }) => texts.levelChange(service, from ?? "null", to)));
}

/** What was read, in a word; null is the platform's own. */
function word(read: LevelReading, { readings }: Messages["journal"]): string {
  if (read.reading === "level") return read.level;
  return read.reading === "null" ? "null" : readings[read.reading];
}

function choice(choice: ProcedureChoice, texts: Messages["journal"]["chosen"], format: Format): string {
  const time = (at: Timestamp | null) => (at === null ? null : format.dateTime(at));
  switch (choice.kind) {
    case "waived":
      return texts.waived(choice.container);
    case "services_restarted":
      return texts.servicesRestarted(choice.done);
    case "settle_minutes":
      return texts.settleMinutes(choice.minutes);
    case "planned_end":
      return texts.plannedEnd(time(choice.at));
    case "give_up_at":
      return texts.giveUpAt(time(choice.at));
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
