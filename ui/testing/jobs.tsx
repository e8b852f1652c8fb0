import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect } from "vitest";
import { JobsPanel } from "../features/jobs";
import type { JobColumn } from "../generated/JobColumn";
import type { JobRow } from "../generated/JobRow";
import type { Language } from "../generated/Language";
import { FakeBackend, productionConnection } from "../ipc/fake";
import { layOut } from "./layout";
import { renderWith } from "./render";

interface JobsOptions {
  language?: Language;
  height?: number;
  onAskZone?: () => void;
  /** Runs on the open connection before anything is rendered. */
  prepare?: (backend: FakeBackend) => void;
}

/** The panel of running jobs on an open connection, with as many rows in sight as `height` (px) holds. */
export async function openJobs({ language = "ja", height, onAskZone, prepare }: JobsOptions = {}) {
  layOut(height);
  const backend = new FakeBackend();
  backend.open(productionConnection);
  prepare?.(backend);
  const user = userEvent.setup();
  const panel = onAskZone ? <JobsPanel onAskZone={onAskZone} /> : <JobsPanel />;
  await renderWith(
    <main>
      <h1>test</h1>
      {panel}
    </main>,
    backend,
    language,
  );
  return { backend, user };
}

/** The same with its rows in the page. */
export async function openJobRows(options: JobsOptions = {}) {
  const opened = await openJobs(options);
  await waitFor(() => expect(cells("job_id").length, "the rows have come").toBeGreaterThan(0));
  return opened;
}

/** Puts these rows in the place of the world's, as one complete answer. */
export function showRows(backend: FakeBackend, rows: JobRow[]): void {
  backend.rows = rows;
  const value = backend.world.summary(rows, backend.now());
  const running = { state: "known", value, at: backend.now() } as const;
  backend.setLive({ running, revision: backend.live.revision + 1 });
}

export function rowElements(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[role="row"]:not([aria-rowindex="1"])')];
}

/** The cells of a column from top to bottom. */
export function cells(column: JobColumn): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[role="gridcell"][data-column="${column}"]`)];
}

export function texts(column: JobColumn): string[] {
  return cells(column).map((cell) => cell.textContent);
}

export function header(column: JobColumn): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[role="columnheader"][data-column="${column}"]`);
  if (!found) throw new Error(`no header ${column}`);
  return found;
}

/** Where the focus stands in the grid: the row counted from 0 (-1: the header), and the column. */
export function focusedCell(): { row: number; column: string | undefined } | null {
  const focused = document.activeElement;
  const row = focused?.closest("[aria-rowindex]")?.getAttribute("aria-rowindex");
  if (!(focused instanceof HTMLElement) || !row || !screen.getByTestId("jobs-grid").contains(focused)) return null;
  return { row: Number(row) - 2, column: focused.dataset.column };
}
