import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { JobClass } from "../../generated/JobClass";
import { oddRows } from "../../ipc/fake";
import { violations } from "../../testing/axe";
import { cells, focusedCell, openJobRows, showRows, texts } from "../../testing/jobs";
import { copyText } from "./clipboard";

const clipboard = () => navigator.clipboard.readText();
const first = () => cells("job_id")[0] as HTMLElement;

test("keys copy the id, the row, and the row as JSON", async () => {
  const { user } = await openJobRows();
  const [id] = texts("job_id");
  await user.click(first());
  await user.keyboard("{Control>}c{/Control}");
  expect(await clipboard()).toBe(id);
  expect(await screen.findByText("コピーしました")).toBeTruthy();

  await user.keyboard("{Control>}{Shift>}C{/Shift}{/Control}");
  await waitFor(async () =>
    expect((await clipboard()).split("\t").slice(0, 3)).toEqual(["hr", "payroll", "パラメータシート作成"]),
  );

  await user.keyboard("{Control>}{Alt>}c{/Alt}{/Control}");
  await waitFor(async () =>
    expect(JSON.parse(await clipboard())).toMatchObject({
      organization_id: "hr",
      backyard: "ita-by-menu-create",
      job_id: id,
    }),
  );
});

test("JSON says of a job what the files say: whether it is counted, or that nobody knows", () => {
  const [row] = oddRows(0);
  if (!row) throw new Error("there are odd rows");
  const counted = (["counted", "conductor", "unclassified"] as const).map(
    (kind) => JSON.parse(copyText({ ...row, class: kind }, "json", "ja")).counted,
  );
  expect(counted).toEqual([true, false, null]);
});

test("the menu of a row opens by the second mouse button and copies", async () => {
  const { user } = await openJobRows();
  const id = texts("job_id")[1];
  await user.pointer({ keys: "[MouseRight]", target: cells("backyard")[1] as HTMLElement });
  expect(await screen.findByRole("menu", { name: "この行の操作" })).toBeTruthy();
  expect(await violations()).toEqual([]);
  await user.click(screen.getByTestId("copy-id"));
  expect(await clipboard()).toBe(id);
});

test("the menu opens by Shift+F10, is used by keys, and gives the focus back to the cell", async () => {
  const { user } = await openJobRows();
  await user.click(first());
  await user.keyboard("{Shift>}{F10}{/Shift}");
  await screen.findByRole("menu");
  await user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  await waitFor(async () => expect(JSON.parse(await clipboard())).toMatchObject({ organization_id: "hr" }));
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await waitFor(() => expect(focusedCell()).toEqual({ row: 0, column: "job_id" }));
});

test("what is pasted into a terminal cannot act", async () => {
  const { user } = await openJobRows({
    prepare: (backend) =>
      showRows(
        backend,
        oddRows(backend.now()).filter((row) => row.job_id === "line\nbreak"),
      ),
  });
  await user.click(first());
  await user.keyboard("{Control>}c{/Control}");
  expect(await clipboard()).toBe("line⟨U+000A⟩break");
});

test("a clipboard that refuses is said", async () => {
  const { user } = await openJobRows();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("denied"));
  await user.click(first());
  await user.keyboard("{Control>}c{/Control}");
  expect(await screen.findByText("クリップボードに書き込めませんでした")).toBeTruthy();
});

test.each<[JobClass, boolean | null]>([
  ["counted", true],
  ["conductor", false],
  ["unclassified", null],
])("a copied row says whether it counts as the exported files do: %s is %s", (kind, counted) => {
  const [row] = oddRows(0);
  if (!row) throw new Error("there are odd rows");
  expect(JSON.parse(copyText({ ...row, class: kind }, "json", "ja"))).toMatchObject({ counted });
});
