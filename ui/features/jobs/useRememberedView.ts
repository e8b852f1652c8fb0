import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ConnectionId } from "../../generated/ConnectionId";
import type { JobFilter } from "../../generated/JobFilter";
import type { JobSort } from "../../generated/JobSort";
import type { JobView } from "../../generated/JobView";
import { useLanguage } from "../../i18n";
import { useStore } from "../../state";
import { noFilter } from "./sorting";

const SAVE_AFTER_MILLISECONDS = 500;

interface RememberedView {
  view: JobView;
  setSort: (sort: JobSort | null) => void;
  setFilter: (filter: JobFilter) => void;
}

/** The sort and filter of one connection, kept in the preferences. Mount it anew for another connection. */
export function useRememberedView(connection: ConnectionId | null): RememberedView {
  const store = useStore();
  const language = useLanguage();
  const [sort, setSort] = useState<JobSort | null>(() => remembered()?.sort ?? null);
  const [filter, setFilter] = useState<JobFilter>(() => ({ ...noFilter, ...remembered()?.filter }));
  const view = useMemo<JobView>(() => ({ sort, filter, language }), [sort, filter, language]);

  function remembered(): JobView | undefined {
    return connection === null ? undefined : store.state().preferences.views[connection];
  }

  const saved = useRef(view);
  const newest = useRef(view);
  newest.current = view;

  const save = useCallback(() => {
    if (connection === null || saved.current === newest.current) return;
    saved.current = newest.current;
    const { views } = store.state().preferences;
    store.changePreferences({ views: { ...views, [connection]: newest.current } });
  }, [connection, store]);

  useEffect(() => {
    if (view === saved.current) return;
    const timer = setTimeout(save, SAVE_AFTER_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [view, save]);

  useEffect(() => save, [save]);

  return { view, setSort, setFilter };
}
