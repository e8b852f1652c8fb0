import { useLayoutEffect, useRef } from "react";
import type { JobColumn } from "../../generated/JobColumn";
import type { JobRow } from "../../generated/JobRow";
import type { JobView } from "../../generated/JobView";
import type { JobWindow } from "../../generated/JobWindow";
import type { Timestamp } from "../../generated/Timestamp";
import { useMessages } from "../../i18n";
import type { CopyKind } from "./clipboard";
import { columns, gridTemplate } from "./columns";
import { JobGridHeader } from "./JobGridHeader";
import { JobRowView } from "./JobRowView";
import { RowMenu } from "./RowMenu";
import { useGridActions } from "./useGridActions";
import { useGridFocus } from "./useGridFocus";
import { useVirtualRows } from "./useVirtualRows";
import "./grid.css";

interface JobGridProps {
  view: JobView;
  window: JobWindow;
  /** When the list was read; null once it is no longer current. */
  readAt: Timestamp | null;
  onRange: (first: number, last: number) => void;
  onSort: (column: JobColumn) => void;
  onCopy: (row: JobRow, kind: CopyKind) => void;
}

/** The rows of a view as an ARIA grid. It holds only the rows in sight and a few around them. */
export function JobGrid({ view, window, readAt, onRange, onSort, onCopy }: JobGridProps) {
  const { jobs } = useMessages();
  const grid = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const { first, last, height, page, showRow } = useVirtualRows(grid, canvas, window.matched);
  const focus = useGridFocus({ grid, rows: window.matched, columns: columns.length, page, showRow });
  const { active } = focus;
  const rowAt = (index: number) => window.rows[index - window.offset];
  const { menu, closeMenu, ...actions } = useGridActions({ focus, rowAt, onSort, onCopy });

  useLayoutEffect(() => onRange(first, last), [onRange, first, last]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is another list, and is read from its top
  useLayoutEffect(() => {
    if (grid.current) grid.current.scrollTop = 0;
  }, [view]);

  const isActiveShown = active.row < 0 || (active.row >= first && active.row <= last);
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, position) => first + position);
  return (
    <>
      <div
        ref={grid}
        role="grid"
        className="job-grid"
        data-testid="jobs-grid"
        aria-label={jobs.title}
        aria-rowcount={window.matched + 1}
        aria-colcount={columns.length}
        tabIndex={isActiveShown ? -1 : 0}
        style={{ "--job-columns": gridTemplate }}
        {...actions}
        onFocus={focus.onFocus}
        onBlur={focus.onBlur}
      >
        <div role="rowgroup" className="job-head">
          <JobGridHeader sort={view.sort} activeColumn={active.row < 0 ? active.column : null} />
        </div>
        <div role="rowgroup" className="job-body" style={{ height }}>
          <div ref={canvas} role="presentation" className="job-canvas">
            {shown.map((index) => (
              <JobRowView
                key={index}
                index={index}
                row={rowAt(index)}
                readAt={readAt}
                activeColumn={active.row === index ? active.column : null}
              />
            ))}
          </div>
        </div>
      </div>
      {menu && <RowMenu at={menu} onCopy={(kind) => onCopy(menu.row, kind)} onClose={closeMenu} />}
    </>
  );
}
