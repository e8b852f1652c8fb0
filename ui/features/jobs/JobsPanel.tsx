import { useState } from "react";
import type { ConnectionId } from "../../generated/ConnectionId";
import { useMessages } from "../../i18n";
import { ProblemAlert } from "../../shared";
import { useLive } from "../../state";
import { ExportDialog } from "./ExportDialog";
import { JobGrid } from "./JobGrid";
import { JobsFooter } from "./JobsFooter";
import { JobsMessage } from "./JobsMessage";
import { JobsToolbar } from "./JobsToolbar";
import { listState } from "./listState";
import { isFiltered, noFilter } from "./sorting";
import { useCopy } from "./useCopy";
import { useShownJobs } from "./useShownJobs";
import "./jobs.css";

interface JobsPanelProps {
  /** Lets the footer offer to say in which zone the platform runs, while that is not known. */
  onAskZone?: () => void;
}

/**
 * Toolbar, filters, grid and export of the running jobs. It asks `useJobWindow` for rows, `useLive` for the state of the
 * list, and remembers its view in the preferences. Fills the height that is left and scrolls inside.
 */
export function JobsPanel({ onAskZone }: JobsPanelProps) {
  const connection = useLive((live) => live.connection?.id ?? null);
  return <ConnectionJobs key={connection} connection={connection} onAskZone={onAskZone} />;
}

interface ConnectionJobsProps {
  connection: ConnectionId | null;
  onAskZone: (() => void) | undefined;
}

function ConnectionJobs({ connection, onAskZone }: ConnectionJobsProps) {
  const { jobs } = useMessages();
  const list = listState({
    connection: useLive((live) => live.connection),
    phase: useLive((live) => live.phase),
    running: useLive((live) => live.running),
  });
  const { view, window, problem, onRange, onSort, onFilter } = useShownJobs(connection);
  const [isExporting, setExporting] = useState(false);
  const { copied, copy } = useCopy();

  const hasList = list.kind === "known" || list.kind === "stale";
  const rows = hasList ? window : null;
  return (
    <section
      className={`card jobs${list.kind === "stale" ? " jobs-stale" : ""}`}
      aria-label={jobs.title}
      data-state={list.kind}
    >
      <JobsToolbar list={list} filter={view.filter} onFilter={onFilter} onExport={() => setExporting(true)} />
      {hasList && problem && <ProblemAlert problem={problem} />}
      <div className="jobs-place">
        {rows && (
          <JobGrid
            view={view}
            window={rows}
            readAt={list.kind === "known" ? list.at : null}
            onRange={onRange}
            onSort={onSort}
            onCopy={copy}
          />
        )}
        {(!hasList || rows?.matched === 0) && (
          <JobsMessage
            list={list}
            hidden={rows && isFiltered(view.filter) ? rows.total : null}
            onClear={() => onFilter(() => noFilter)}
          />
        )}
      </div>
      <JobsFooter
        list={list}
        window={window}
        isFiltered={isFiltered(view.filter)}
        copied={copied}
        onAskZone={onAskZone}
      />
      {isExporting && hasList && window && (
        <ExportDialog view={view} window={window} list={list} onClose={() => setExporting(false)} />
      )}
    </section>
  );
}
