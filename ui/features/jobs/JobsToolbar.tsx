import { useCallback } from "react";
import type { JobFilter } from "../../generated/JobFilter";
import { useFormat, useMessages } from "../../i18n";
import { Button, IconButton, useMoment } from "../../shared";
import { FacetMenu, type FacetName } from "./FacetMenu";
import { FilterBox } from "./FilterBox";
import type { ListState } from "./listState";
import { isFiltered, noFilter } from "./sorting";

const facetNames: readonly FacetName[] = ["organizations", "workspaces", "backyards", "statuses"];

interface JobsToolbarProps {
  list: ListState;
  filter: JobFilter;
  onFilter: (change: (filter: JobFilter) => JobFilter) => void;
  onExport: () => void;
}

export function JobsToolbar({ list, filter, onFilter, onExport }: JobsToolbarProps) {
  const { jobs } = useMessages();
  const reason = exportRefusal(list, jobs.export);
  const setText = useCallback((text: string) => onFilter((last) => ({ ...last, text })), [onFilter]);
  return (
    <header className="jobs-tools">
      <h2 className="card-title">{jobs.title}</h2>
      <ListedCount list={list} />
      <span className="grow" />
      <FilterBox text={filter.text} onFilter={setText} />
      {facetNames.map((facet) => (
        <FacetMenu
          key={facet}
          facet={facet}
          chosen={filter[facet]}
          onChoose={(values) => onFilter((last) => ({ ...last, [facet]: values }))}
        />
      ))}
      {isFiltered(filter) && (
        <IconButton icon="close" kind="quiet" label={jobs.clearFilters} onClick={() => onFilter(() => noFilter)} />
      )}
      <Button
        icon="download"
        data-testid="export-csv"
        disabled={reason !== null}
        {...(reason && { tooltip: reason, "aria-description": reason })}
        onClick={onExport}
      >
        {jobs.export.open}
      </Button>
    </header>
  );
}

/** How many jobs the list holds; nothing that could be read as zero while it is not known. */
function ListedCount({ list }: { list: ListState }) {
  const { jobs } = useMessages();
  const format = useFormat();
  const moment = useMoment();
  if (list.kind === "closed" || list.kind === "loading") return null;
  if (list.kind === "unknown")
    return (
      <span className="jobs-unknown" role="img" aria-label={jobs.countUnknown} title={jobs.countUnknown}>
        ?
      </span>
    );
  return (
    <span className="muted" title={list.kind === "stale" ? jobs.staleList(moment(list.at)) : undefined}>
      {format.number(list.running.rows)}
    </span>
  );
}

type ExportWords = ReturnType<typeof useMessages>["jobs"]["export"];

function exportRefusal(list: ListState, words: ExportWords): string | null {
  switch (list.kind) {
    case "closed":
      return words.reasonClosed;
    case "loading":
      return words.reasonLoading;
    case "unknown":
      return words.reasonUnknown;
    case "stale":
      return words.reasonStale;
    case "known":
      return null;
  }
}
