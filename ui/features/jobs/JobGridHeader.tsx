import type { JobSort } from "../../generated/JobSort";
import { useMessages } from "../../i18n";
import { columns, tracks } from "./columns";

interface JobGridHeaderProps {
  sort: JobSort | null;
  activeColumn: number | null;
}

export function JobGridHeader({ sort, activeColumn }: JobGridHeaderProps) {
  const { jobs } = useMessages();
  return (
    <div role="row" aria-rowindex={1} className="job-row job-header">
      {tracks.map((track) => (
        <div key={track[0]?.id} role="presentation" className="job-track">
          {track.map(({ id, align }) => {
            const column = columns.findIndex((other) => other.id === id);
            const direction = sort?.column !== id ? "none" : sort.descending ? "descending" : "ascending";
            return (
              <div
                key={id}
                role="columnheader"
                aria-colindex={column + 1}
                aria-sort={direction}
                data-column={id}
                tabIndex={activeColumn === column ? 0 : -1}
                title={`${jobs.columnNames[id]}\n${jobs.sortHelp}`}
                className={`job-cell job-cell-${id}${align ? ` align-${align}` : ""}`}
              >
                <span>{jobs.columns[id]}</span>
                {direction !== "none" && (
                  <>
                    <span aria-hidden="true">{direction === "ascending" ? " ↑" : " ↓"}</span>
                    <span className="visually-hidden">
                      {direction === "ascending" ? jobs.sortAscending : jobs.sortDescending}
                    </span>
                  </>
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
