import { useCallback, useState } from "react";
import type { ConnectionId } from "../../generated/ConnectionId";
import type { JobColumn } from "../../generated/JobColumn";
import type { JobFilter } from "../../generated/JobFilter";
import { useJobWindow } from "../../state";
import { fetchLimit, fetchOffset } from "./scrolling";
import { nextSort } from "./sorting";
import { useRememberedView } from "./useRememberedView";

/** The jobs of the remembered view around those in sight, and what changes either. Another view begins at its top. */
export function useShownJobs(connection: ConnectionId | null) {
  const { view, setSort, setFilter } = useRememberedView(connection);
  const [range, setRange] = useState({ offset: 0, limit: fetchLimit(0) });
  const { window, problem } = useJobWindow(view, range.offset, range.limit);

  const onRange = useCallback((first: number, last: number) => {
    setRange((now) => {
      const limit = fetchLimit(last - first + 1);
      const offset = fetchOffset(now.offset, first, Math.max(first, last), limit);
      return offset === now.offset && limit === now.limit ? now : { offset, limit };
    });
  }, []);
  const toTop = useCallback(() => setRange((now) => (now.offset === 0 ? now : { ...now, offset: 0 })), []);
  const onSort = useCallback(
    (column: JobColumn) => {
      toTop();
      setSort(nextSort(view.sort, column));
    },
    [view.sort, setSort, toTop],
  );
  const onFilter = useCallback(
    (change: (filter: JobFilter) => JobFilter) => {
      toTop();
      setFilter(change(view.filter));
    },
    [view.filter, setFilter, toTop],
  );

  return { view, window, problem, onRange, onSort, onFilter };
}
