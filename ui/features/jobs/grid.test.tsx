import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { withManyRows } from "../../ipc/fake";
import { violations } from "../../testing/axe";
import { cells, focusedCell, header, openJobRows, rowElements, texts } from "../../testing/jobs";

const ascending = ["hr", "infra", "infra", "sales", "sales"];
const descending = [...ascending].reverse();

test("the list is a grid with named columns and counted rows", async () => {
  await openJobRows();
  const grid = screen.getByRole("grid", { name: "実行中のバックヤード処理" });
  expect(grid.getAttribute("aria-rowcount"), "the header and five rows").toBe("6");
  expect(grid.getAttribute("aria-colcount")).toBe("8");
  expect(
    within(grid)
      .getAllByRole("columnheader")
      .map((cell) => cell.dataset.column),
  ).toEqual([
    "organization_id",
    "workspace_id",
    "backyard",
    "counted",
    "status_name",
    "job_id",
    "last_update_utc",
    "age_seconds",
  ]);
  expect(rowElements().map((row) => row.getAttribute("aria-rowindex"))).toEqual(["2", "3", "4", "5", "6"]);
  expect(await violations()).toEqual([]);
});

test("a header sorts by click: ascending, descending, as it came", async () => {
  const { user } = await openJobRows();
  const organization = header("organization_id");
  expect(organization.getAttribute("aria-sort")).toBe("none");
  await user.click(organization);
  expect(organization.getAttribute("aria-sort")).toBe("ascending");
  await waitFor(() => expect(texts("organization_id")).toEqual(ascending));
  await user.click(organization);
  expect(organization.getAttribute("aria-sort")).toBe("descending");
  await waitFor(() => expect(texts("organization_id")).toEqual(descending));
  await user.click(organization);
  expect(organization.getAttribute("aria-sort")).toBe("none");
});

test("a header sorts by Enter and by the space bar", async () => {
  const { user } = await openJobRows();
  act(() => header("organization_id").focus());
  await user.keyboard("{Enter}");
  expect(header("organization_id").getAttribute("aria-sort")).toBe("ascending");
  await user.keyboard(" ");
  expect(header("organization_id").getAttribute("aria-sort")).toBe("descending");
  await waitFor(() => expect(texts("organization_id")).toEqual(descending));
});

test("sorting by another column starts over with ascending", async () => {
  const { user } = await openJobRows();
  await user.click(header("organization_id"));
  await user.click(header("age_seconds"));
  expect(header("organization_id").getAttribute("aria-sort")).toBe("none");
  expect(header("age_seconds").getAttribute("aria-sort")).toBe("ascending");
  await waitFor(() => expect(texts("organization_id")).toEqual(["hr", "infra", "infra", "sales", "sales"]));
});

test("one cell takes part in the tab order, and the arrows move it", async () => {
  const { user } = await openJobRows();
  const stops = () => screen.getByTestId("jobs-grid").querySelectorAll('[tabindex="0"]');
  expect(stops()).toHaveLength(1);
  act(() => header("organization_id").focus());
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowRight}");
  expect(focusedCell()).toEqual({ row: 1, column: "workspace_id" });
  await user.keyboard("{ArrowUp}{ArrowLeft}");
  expect(focusedCell()).toEqual({ row: 0, column: "organization_id" });
  expect(stops()).toHaveLength(1);
});

test("the focus stops at the edges of the list", async () => {
  const { user } = await openJobRows();
  act(() => header("organization_id").focus());
  await user.keyboard("{ArrowUp}{ArrowLeft}");
  expect(focusedCell()).toEqual({ row: -1, column: "organization_id" });
  await user.keyboard("{Control>}{End}{/Control}{ArrowDown}{ArrowRight}");
  expect(focusedCell()).toEqual({ row: 4, column: "age_seconds" });
});

test("Home and End go along the row, with Control along the list", async () => {
  const { user } = await openJobRows();
  await user.click(cells("backyard")[2] as HTMLElement);
  await user.keyboard("{End}");
  expect(focusedCell()).toEqual({ row: 2, column: "age_seconds" });
  await user.keyboard("{Home}");
  expect(focusedCell()).toEqual({ row: 2, column: "organization_id" });
  await user.keyboard("{Control>}{End}{/Control}");
  expect(focusedCell()).toEqual({ row: 4, column: "age_seconds" });
  await user.keyboard("{Control>}{Home}{/Control}");
  expect(focusedCell()).toEqual({ row: 0, column: "organization_id" });
});

test("the page keys move by what is in sight, into rows that were not in the page", async () => {
  const { user } = await openJobRows({ height: 32 + 10 * 34, prepare: (backend) => withManyRows(backend, 1000) });
  await user.click(cells("organization_id")[0] as HTMLElement);
  await user.keyboard("{PageDown}{PageDown}{PageDown}");
  await waitFor(() => expect(focusedCell()).toEqual({ row: 30, column: "organization_id" }));
  await user.keyboard("{PageUp}");
  await waitFor(() => expect(focusedCell()).toEqual({ row: 20, column: "organization_id" }));
});

test("a row that goes away hands the focus to the one in its place", async () => {
  const { user, backend } = await openJobRows();
  await user.click(cells("job_id")[4] as HTMLElement);
  expect(focusedCell()).toEqual({ row: 4, column: "job_id" });
  backend.rows = backend.rows.slice(0, 3);
  act(() => backend.setLive({ revision: backend.live.revision + 1 }));
  await waitFor(() => expect(cells("job_id")).toHaveLength(3));
  expect(focusedCell(), "the last one that is left").toEqual({ row: 2, column: "job_id" });
});

test("the filter box keeps the focus while rows come and go", async () => {
  const { user, backend } = await openJobRows();
  await user.click(cells("job_id")[4] as HTMLElement);
  const box = screen.getByTestId("jobs-filter");
  await user.click(box);
  backend.rows = backend.rows.slice(0, 2);
  act(() => backend.setLive({ revision: backend.live.revision + 1 }));
  await waitFor(() => expect(cells("job_id")).toHaveLength(2));
  expect(document.activeElement, "the list must not take it").toBe(box);
  await user.keyboard("hr");
  await waitFor(() => expect(cells("job_id")).toHaveLength(1));
  expect(document.activeElement).toBe(box);
});
