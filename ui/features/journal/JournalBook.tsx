import { Fragment, useState } from "react";
import type { JournalEntry } from "../../generated/JournalEntry";
import type { JournalKind } from "../../generated/JournalKind";
import type { Language } from "../../generated/Language";
import { type Format, type Messages, useFormat, useLanguage, useMessages } from "../../i18n";
import { Button, Icon, Segmented, titleText } from "../../shared";
import { journalKey, journalSentence, journalUser } from "./sentence";
import { useExerciseStart, useJournal } from "./useJournal";
import "../../shared/search.css";

const PAGE = 200;
/** Rust gives no more at once; older lines are in the files. */
const MOST = 2000;

const kinds: readonly (JournalKind | "all")[] = ["all", "switch", "change", "procedure", "export", "connection"];

/** The journal of this connection, newest first: of one kind, and with a text. */
export function JournalBook() {
  const { journal } = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const [kind, setKind] = useState<JournalKind | "all">("all");
  const [text, setText] = useState("");
  const [limit, setLimit] = useState(PAGE);
  const entries = useJournal(limit, kind === "all" ? null : kind);
  const wanted = text.trim().toLocaleLowerCase();
  const found = entries.filter((entry) => searchText(entry, journal, language, format).includes(wanted));
  const isCut = entries.length === limit;

  return (
    <section className="journal-book" aria-label={journal.title}>
      <div className="journal-tools">
        <Segmented
          label={journal.kind}
          value={kind}
          options={kinds.map((value) => ({ value, label: journal.kinds[value], testId: `journal-${value}` }))}
          onChange={(value) => {
            setKind(value);
            setLimit(PAGE);
          }}
        />
        <label className="search-box">
          <Icon name="search" />
          <input
            type="search"
            value={text}
            placeholder={journal.search}
            aria-label={journal.search}
            data-testid="journal-filter"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </div>
      {found.length === 0 && !isCut ? (
        <p className="muted">{entries.length === 0 ? journal.empty : journal.noneFound}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
        <ul className="journal-entries" tabIndex={0} aria-label={journal.title}>
          <Entries entries={found} />
          {isCut && (
            <li className="journal-more">
              {found.length === 0 && <span className="muted">{journal.noneFound}</span>}
              {wanted !== "" && <span className="muted">{journal.searched(entries.length)}</span>}
              {limit < MOST && (
                <Button kind="quiet" data-testid="journal-more" onClick={() => setLimit(limit + PAGE)}>
                  {journal.more}
                </Button>
              )}
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

/** What of an entry can be looked for: what is seen of it. */
function searchText(entry: JournalEntry, words: Messages["journal"], language: Language, format: Format): string {
  const parts = [journalSentence(entry, words, language, format), entry.workstation_user, journalUser(entry) ?? ""];
  return parts.join(" ").toLocaleLowerCase();
}

/** With a line above what belongs to another exercise. */
function Entries({ entries }: { entries: readonly JournalEntry[] }) {
  const { journal } = useMessages();
  const start = useExerciseStart();
  const earlier = entries.findIndex((entry) => entry.at < start);
  return entries.map((entry, place) => (
    <Fragment key={journalKey(entry)}>
      {place === earlier && <li className="journal-earlier muted">{journal.earlierExercise}</li>}
      <Entry entry={entry} />
    </Fragment>
  ));
}

function Entry({ entry }: { entry: JournalEntry }) {
  const { journal } = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const user = journalUser(entry);
  return (
    <li className="journal-entry selectable" title={format.fullTime(entry.at)}>
      <time dateTime={new Date(entry.at).toISOString()}>{format.dateTime(entry.at)}</time>
      <span>{titleText(journalSentence(entry, journal, language, format))}</span>
      <span className="muted">{user === null ? entry.workstation_user : journal.by(entry.workstation_user, user)}</span>
    </li>
  );
}
