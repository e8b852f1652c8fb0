import { useEffect, useRef, useState } from "react";
import { useMessages } from "../../i18n";
import { Icon } from "../../shared";
import "../../shared/search.css";

const PAUSE_MILLISECONDS = 120;
const LONGEST = 1000;

/** Filters while one types, but not by half a Japanese word that is still being composed. */
export function FilterBox({ text, onFilter }: { text: string; onFilter: (text: string) => void }) {
  const { jobs } = useMessages();
  const [typed, setTyped] = useState(text);
  const [isComposing, setComposing] = useState(false);
  const told = useRef(text);

  // Cleared from outside.
  useEffect(() => {
    if (text === told.current) return;
    told.current = text;
    setTyped(text);
  }, [text]);

  useEffect(() => {
    if (isComposing || typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      onFilter(typed);
    }, PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [typed, isComposing, onFilter]);

  return (
    <label className="search-box">
      <Icon name="search" />
      <span className="visually-hidden">{jobs.filterLabel}</span>
      <input
        type="search"
        data-testid="jobs-filter"
        placeholder={jobs.filter}
        title={jobs.filterLabel}
        maxLength={LONGEST}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
      />
    </label>
  );
}
