import { useState } from "react";
import type { JournalEntry } from "../../generated/JournalEntry";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { IconButton, titleText } from "../../shared";
import { useTicking } from "../../state";
import { journalSentence, journalUser } from "./sentence";
import { useJournal } from "./useJournal";
import "./journal.css";

const FOLDED = 3;
const UNFOLDED = 200;

/** The newest lines of the journal at the foot of the window; unfolds to the list. */
export function JournalStrip() {
  const { journal } = useMessages();
  const [isOpen, setOpen] = useState(false);
  const entries = useJournal(isOpen ? UNFOLDED : FOLDED);

  return (
    <footer className={isOpen ? "journal journal-open" : "journal"} data-testid="journal">
      <h2 className="muted">{journal.title}</h2>
      {entries.length === 0 && <p className="muted journal-lines">{journal.empty}</p>}
      {entries.length > 0 && (
        <ul className="journal-lines" tabIndex={isOpen ? 0 : undefined} aria-label={journal.title}>
          {entries.map((entry) => (
            <Line key={`${entry.at}-${entry.event}`} entry={entry} isFull={isOpen} />
          ))}
        </ul>
      )}
      <IconButton
        icon={isOpen ? "chevron-down" : "chevron-up"}
        kind="quiet"
        label={isOpen ? journal.collapse : journal.expand}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      />
    </footer>
  );
}

function Line({ entry, isFull }: { entry: JournalEntry; isFull: boolean }) {
  const { journal } = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const time = useTicking((now) => (isFull ? format.dateTime(entry.at) : format.moment(entry.at, now)));
  const user = journalUser(entry);
  return (
    <li className="selectable" title={format.fullTime(entry.at)}>
      <time dateTime={new Date(entry.at).toISOString()}>{time}</time>{" "}
      <span>{titleText(journalSentence(entry, journal, language))}</span>
      {isFull && (
        <span className="muted">
          {" "}
          {user === null ? entry.workstation_user : journal.by(entry.workstation_user, user)}
        </span>
      )}
    </li>
  );
}
