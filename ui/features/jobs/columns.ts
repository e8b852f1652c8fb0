import type { ComponentType } from "react";
import type { JobColumn } from "../../generated/JobColumn";
import {
  AgeCell,
  BackyardCell,
  type CellProps,
  ClassCell,
  JobIdCell,
  LastUpdateCell,
  OrganizationCell,
  StatusCell,
  WorkspaceCell,
} from "./cells";

/** A column is data: its id is the CSV key and names its words in the catalogue. */
export interface Column {
  id: JobColumn;
  /** A track of `grid-template-columns`; null: stands at the end of the track of the column before. */
  track: string | null;
  align?: "end";
  font?: "mono";
  Cell: ComponentType<CellProps>;
}

/** The backyards' names are whole at the smallest width, with one mark behind them; half an id says nothing anyway. */
export const columns: readonly Column[] = [
  { id: "organization_id", track: "minmax(64px, 0.8fr)", Cell: OrganizationCell },
  { id: "workspace_id", track: "minmax(72px, 0.9fr)", Cell: WorkspaceCell },
  { id: "backyard", track: "minmax(246px, 2.2fr)", Cell: BackyardCell },
  { id: "counted", track: null, Cell: ClassCell },
  { id: "status_name", track: "minmax(122px, 0.8fr)", Cell: StatusCell },
  { id: "job_id", track: "minmax(66px, 1.2fr)", font: "mono", Cell: JobIdCell },
  { id: "last_update_utc", track: "104px", Cell: LastUpdateCell },
  { id: "age_seconds", track: "78px", align: "end", Cell: AgeCell },
];

/** The columns by track, for laying out a row. */
export const tracks: readonly (readonly Column[])[] = columns.reduce<Column[][]>((all, column) => {
  if (column.track === null) all.at(-1)?.push(column);
  else all.push([column]);
  return all;
}, []);

export const gridTemplate = columns.flatMap((column) => column.track ?? []).join(" ");
