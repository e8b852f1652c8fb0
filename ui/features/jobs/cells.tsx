import type { JobRow } from "../../generated/JobRow";
import type { Timestamp } from "../../generated/Timestamp";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { backyardName } from "../../i18n/vocabulary";
import { PlainText, Tag, titleText } from "../../shared";
import { useTicking } from "../../state";
import { statusShape, statusText } from "./status";

export interface CellProps {
  row: JobRow;
  /** When this workstation had the list; null once the list is no longer current, so that ages stand still. */
  readAt: Timestamp | null;
}

export function OrganizationCell({ row }: CellProps) {
  return <PlainText text={row.organization_id} />;
}

export function WorkspaceCell({ row }: CellProps) {
  return <PlainText text={row.workspace_id} />;
}

export function BackyardCell({ row }: CellProps) {
  const name = backyardName(row.backyard, useLanguage());
  const title = name === row.backyard ? titleText(name) : `${name} (${row.backyard})`;
  return <PlainText text={name} title={title} />;
}

/** Whether the row counts, and what else marks it. Counted rows are the rule and say so to screen readers only. */
export function ClassCell({ row }: CellProps) {
  const { jobs } = useMessages();
  return (
    <>
      {row.class === "counted" && <span className="visually-hidden">{jobs.counted}</span>}
      {row.class === "conductor" && (
        <Tag tone="outline" tooltip={jobs.notCountedHelp}>
          {jobs.notCounted}
        </Tag>
      )}
      {row.class === "unclassified" && (
        <Tag tone="unknown" tooltip={jobs.unclassifiedHelp}>
          {jobs.unclassified}
        </Tag>
      )}
      {row.is_new && (
        <Tag tone="accent" tooltip={jobs.isNewHelp}>
          {jobs.isNew}
        </Tag>
      )}
      {row.is_status_changed && (
        <Tag tone="accent" tooltip={jobs.isChangedHelp}>
          {jobs.isChanged}
        </Tag>
      )}
      {row.is_incomplete && (
        <Tag tone="warn" tooltip={jobs.isIncompleteHelp}>
          {jobs.isIncomplete}
        </Tag>
      )}
    </>
  );
}

export function StatusCell({ row }: CellProps) {
  const { jobs } = useMessages();
  const language = useLanguage();
  if (row.is_gone) return <span title={jobs.goneHelp}>{jobs.gone}</span>;
  const name = statusText(row, language);
  return (
    <>
      <span className={`status-shape status-${statusShape(row)}`} aria-hidden="true" />
      <PlainText text={name ?? (row.status_id ? jobs.statusUnknown(row.status_id) : jobs.statusMissing)} />
    </>
  );
}

export function JobIdCell({ row }: CellProps) {
  const { jobs } = useMessages();
  if (row.job_id === "") return <span className="muted">{jobs.noValue}</span>;
  return <PlainText text={row.job_id} />;
}

export function LastUpdateCell({ row }: CellProps) {
  const { jobs } = useMessages();
  const format = useFormat();
  if (row.last_update_utc !== null) {
    const exact = format.fullTime(row.last_update_utc);
    const title = row.last_update_raw ? jobs.timeExact(exact, titleText(row.last_update_raw)) : exact;
    return (
      <time dateTime={new Date(row.last_update_utc).toISOString()} title={title}>
        {format.dateTime(row.last_update_utc)}
      </time>
    );
  }
  if (row.last_update_raw === null)
    return (
      <span className="muted" title={jobs.noTime}>
        {jobs.noValue}
      </span>
    );
  const words = jobs.rawLabel(titleText(row.last_update_raw));
  return (
    <span className="raw-label" title={words}>
      <span aria-hidden="true">
        <PlainText text={format.labelled(row.last_update_raw)} title={words} />
        <b>?</b>
      </span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

export function AgeCell({ row, readAt }: CellProps) {
  const { jobs } = useMessages();
  const format = useFormat();
  const isTicking = readAt !== null && !row.is_gone;
  const words = useTicking((now) => {
    if (row.age_seconds === null) return null;
    const elapsed = isTicking ? Math.max(0, now - readAt) : 0;
    return format.duration(row.age_seconds * 1000 + elapsed);
  });
  return words === null ? (
    <span className="muted" title={row.last_update_raw === null ? jobs.noTime : jobs.noAge}>
      {jobs.noValue}
    </span>
  ) : (
    words
  );
}
