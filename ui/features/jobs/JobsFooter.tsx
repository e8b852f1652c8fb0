import type { JobWindow } from "../../generated/JobWindow";
import { useFormat, useMessages } from "../../i18n";
import { zoneWords } from "../../i18n/zoneWords";
import { useMoment } from "../../shared";
import { useLive } from "../../state";
import type { ListState } from "./listState";

interface JobsFooterProps {
  list: ListState;
  window: JobWindow | null;
  isFiltered: boolean;
  copied: boolean | null;
  onAskZone: (() => void) | undefined;
}

/** Of when the list is, what it covers, how its times are read, and how many rows are shown. */
export function JobsFooter({ list, window, isFiltered, copied, onAskZone }: JobsFooterProps) {
  const { jobs } = useMessages();
  const zone = useLive((live) => live.zone);
  const isZoneOpen = zone.basis === "unproven" || zone.basis === "bounded" || zone.basis === "contradicted";
  const hasRows = list.kind === "known" || list.kind === "stale";
  // Of an old list only what makes its times doubtful is still worth a place on the line.
  const isZoneSaid = hasRows && list.running.rows > 0 && (list.kind === "known" || isZoneOpen);
  return (
    <footer className="jobs-foot" data-testid="jobs-foot" data-zone={zone.basis}>
      <span className="jobs-facts">
        {hasRows && <ListFacts list={list} />}
        {isZoneSaid && (
          <span className={isZoneOpen ? "jobs-unknown" : undefined} title={zoneWords(zone, jobs)}>
            {zoneWords(zone, jobs)}
          </span>
        )}
        {hasRows && isZoneOpen && onAskZone && (
          <button type="button" className="link" onClick={onAskZone}>
            {jobs.askZone}
          </button>
        )}
      </span>
      <span role="status">{copied === null ? "" : copied ? jobs.copied : jobs.copyFailed}</span>
      <span className="jobs-rows" data-testid="jobs-rows">
        {!hasRows || !window
          ? list.kind === "unknown" && jobs.rowsUnknown
          : isFiltered
            ? jobs.matched(window.listed_matched, window.listed)
            : jobs.rows(window.listed)}
      </span>
    </footer>
  );
}

function ListFacts({ list }: { list: Extract<ListState, { running: unknown }> }) {
  const { jobs } = useMessages();
  const format = useFormat();
  const at = useMoment()(list.at);
  const { organizations, workspaces } = list.running;
  if (list.kind === "stale")
    return (
      <>
        <span title={format.fullTime(list.at)}>{jobs.staleList(at)}</span>
        <span className="jobs-unknown">{jobs.notSince}</span>
      </>
    );
  return (
    <>
      <span title={format.fullTime(list.at)}>{jobs.asOf(at)}</span>
      <span>{jobs.places(organizations, workspaces)}</span>
    </>
  );
}
