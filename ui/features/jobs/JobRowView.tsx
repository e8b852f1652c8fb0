import { memo } from "react";
import type { JobRow } from "../../generated/JobRow";
import type { Timestamp } from "../../generated/Timestamp";
import { useMessages } from "../../i18n";
import { columns, tracks } from "./columns";

interface JobRowViewProps {
  /** Place in the view, counted from 0; the header is row 1 of the grid. */
  index: number;
  row: JobRow | undefined;
  readAt: Timestamp | null;
  /** The column that holds the grid's focus, if it is in this row. */
  activeColumn: number | null;
}

/** One row of the grid. Without a row it keeps the place until its window has come. */
export const JobRowView = memo(function JobRowView({ index, row, readAt, activeColumn }: JobRowViewProps) {
  const { jobs } = useMessages();
  const marks = [
    "job-row",
    row?.is_gone && "job-gone",
    row?.is_new && "job-new",
    activeColumn !== null && "job-active",
    !row && "job-pending",
  ];
  return (
    <div role="row" aria-rowindex={index + 2} className={marks.filter(Boolean).join(" ")} aria-busy={!row || undefined}>
      {tracks.map((track) => (
        <div key={track[0]?.id} role="presentation" className="job-track">
          {track.map(({ id, align, font, Cell }) => {
            const column = columns.findIndex((other) => other.id === id);
            return (
              <div
                key={id}
                role="gridcell"
                aria-colindex={column + 1}
                data-column={id}
                data-value={id === "counted" ? row?.class : undefined}
                tabIndex={activeColumn === column ? 0 : -1}
                className={`job-cell job-cell-${id}${align ? ` align-${align}` : ""}${font ? ` ${font}` : ""}`}
              >
                {row ? (
                  <Cell row={row} readAt={readAt} />
                ) : (
                  column === 0 && <span className="visually-hidden">{jobs.loadingRow}</span>
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}, isSame);

/** A poll that changed nothing gives equal rows: age and time of reading move on together. */
function isSame(last: JobRowViewProps, next: JobRowViewProps): boolean {
  if (last.index !== next.index || last.activeColumn !== next.activeColumn) return false;
  if (last.row === next.row && last.readAt === next.readAt) return true;
  if (!last.row || !next.row || (last.readAt === null) !== (next.readAt === null)) return false;
  const drift = born(last) - born(next);
  if (Math.abs(drift) > 1500) return false;
  const { age_seconds: lastAge, ...lastFields } = last.row;
  const { age_seconds: nextAge, ...nextFields } = next.row;
  if ((lastAge === null) !== (nextAge === null)) return false;
  return Object.entries(lastFields).every(([key, value]) => nextFields[key as keyof typeof nextFields] === value);
}

/** When the row was last updated, by this workstation's clock. */
function born({ row, readAt }: JobRowViewProps): number {
  return (readAt ?? 0) - (row?.age_seconds ?? 0) * 1000;
}
