import { useState } from "react";
import type { JournalEntry } from "../../generated/JournalEntry";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { IconButton, titleText, useMoment } from "../../shared";
import { JournalBook } from "./JournalBook";
import { journalKey, journalSentence } from "./sentence";
import { useExerciseStart, useJournal } from "./useJournal";
import "./journal.css";

const FOLDED = 3;

/** The newest lines of the journal at the foot of the window; unfolds to the whole of it. */
export function JournalStrip() {
  const { journal } = useMessages();
  const [isOpen, setOpen] = useState(false);
  return (
    <footer className={isOpen ? "journal journal-open" : "journal"} data-testid="journal">
      <h2 className="muted">{journal.title}</h2>
      {isOpen ? <JournalBook /> : <NewestLines />}
      <IconButton
        icon={isOpen ? "chevron-down" : "chevron-up"}
        kind="quiet"
        label={isOpen ? journal.collapse : journal.expand}
        aria-expanded={isOpen}
        data-testid="journal-toggle"
        onClick={() => setOpen(!isOpen)}
      />
    </footer>
  );
}

function NewestLines() {
  const { journal } = useMessages();
  const start = useExerciseStart();
  const entries = useJournal(FOLDED, null).filter((entry) => entry.at >= start);
  if (entries.length === 0) return <p className="muted journal-lines">{journal.empty}</p>;
  return (
    <ul className="journal-lines" aria-label={journal.title}>
      {entries.map((entry) => (
        <Line key={journalKey(entry)} entry={entry} />
      ))}
    </ul>
  );
}

function Line({ entry }: { entry: JournalEntry }) {
  const { journal } = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const time = useMoment()(entry.at);
  return (
    <li className="selectable" title={format.fullTime(entry.at)}>
      <time dateTime={new Date(entry.at).toISOString()}>{time}</time>{" "}
      <span>{titleText(journalSentence(entry, journal, language, format))}</span>
    </li>
  );
}
