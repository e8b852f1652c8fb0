import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { problem } from "../../ipc";
import type { Commands } from "../../ipc/contract";
import type { FakeBackend } from "../../ipc/fake";
import { violations } from "../../testing/axe";
import { cells, header, openJobRows, openJobs } from "../../testing/jobs";

type ExportArgs = Commands["export_jobs"]["args"];

const exported = (backend: FakeBackend) =>
  backend.calls.filter(({ name }) => name === "export_jobs").map(({ args }) => args as ExportArgs);
const opener = () => screen.getByTestId<HTMLButtonElement>("export-csv");
const run = () => screen.getByTestId<HTMLButtonElement>("export-run");

async function openExport(prepare?: (backend: FakeBackend) => void) {
  const opened = await openJobRows(prepare ? { prepare } : {});
  await opened.user.click(opener());
  const dialog = await screen.findByTestId("export-dialog");
  return { ...opened, dialog };
}

test("the dialog says rows, filter and the time of the list, and asks for a file by default", async () => {
  const { user, backend, dialog } = await openExport();
  expect(dialog.textContent).toContain("この表示のまま（5 行）");
  expect(dialog.textContent).toContain("絞り込みはありません。");
  expect(dialog.textContent).toMatch(/に読み取った一覧です。12 列を出力します。/);
  expect(await violations()).toEqual([]);

  await user.click(run());
  const result = await screen.findByTestId("export-result");
  expect(result.textContent).toContain("5 行を出力しました。");
  expect(result.textContent).toContain("maintenance_running-jobs.csv");
  expect(exported(backend)).toEqual([
    {
      request: expect.objectContaining({ everything: false, format: "csv", preset: "excel", header: "keys" }),
      chooseTarget: true,
    },
  ]);
});

test("rows that have left are in the grid and in no figure", async () => {
  const { user, dialog } = await openExport((backend) => {
    backend.world.jobs = backend.world.jobs.slice(0, 2);
    backend.poll();
  });
  expect(cells("job_id")).toHaveLength(5);
  expect(screen.getByTestId("jobs-rows").textContent).toBe("2 行");
  expect(dialog.textContent).toContain("この表示のまま（2 行）");
  await user.click(run());
  expect((await screen.findByTestId("export-result")).textContent).toContain("2 行を出力しました。");
});

test("the view is exported as it is shown, with its order and filter", async () => {
  const { user, backend } = await openJobRows();
  await user.click(header("age_seconds"));
  await user.type(screen.getByTestId("jobs-filter"), "sales");
  await screen.findByText("絞り込み中 2 / 5 行");
  await user.click(opener());
  expect((await screen.findByTestId("export-dialog")).textContent).toContain("絞り込み：“sales”");
  await user.click(run());
  expect((await screen.findByTestId("export-result")).textContent).toContain("2 行を出力しました。");
  expect(exported(backend)[0]?.request.view).toMatchObject({
    sort: { column: "age_seconds", descending: false },
    filter: { text: "sales" },
  });
});

test("everything, the script preset and Japanese headers are passed on, and the preset is remembered", async () => {
  const { user, backend } = await openExport();
  await user.click(screen.getByTestId("export-scope-everything"));
  await user.click(screen.getByTestId("export-preset-script"));
  await user.click(screen.getByTestId("export-header-japanese"));
  await user.click(run());
  await screen.findByTestId("export-result");
  expect(exported(backend)[0]?.request).toMatchObject({ everything: true, preset: "script", header: "japanese" });
  expect(backend.preferences).toMatchObject({ export_preset: "script", export_header: "japanese" });
});

test("JSON has no preset and no header to choose", async () => {
  const { user, backend } = await openExport();
  await user.click(screen.getByTestId("export-format-json"));
  for (const choice of ["export-preset", "export-header"])
    for (const radio of within(screen.getByTestId(choice)).getAllByRole<HTMLInputElement>("radio"))
      expect(radio.disabled, choice).toBe(true);
  await user.click(run());
  expect((await screen.findByTestId("export-result")).textContent).toContain("running-jobs.json");
  expect(exported(backend)[0]?.request.format).toBe("json");
});

test("a fixed folder must be chosen once, and is used from then on", async () => {
  const { user, backend } = await openExport();
  await user.click(screen.getByTestId("export-target-folder"));
  expect(run().disabled, "there is no folder yet").toBe(true);
  await user.click(screen.getByRole("button", { name: "フォルダーを選ぶ…" }));
  await waitFor(() => expect(screen.getByTestId("export-target-path").textContent).toBe("/home/tanaka/作業報告"));
  await user.click(run());
  await screen.findByTestId("export-result");
  expect(exported(backend)[0]?.chooseTarget).toBe(false);
  expect(backend.preferences.export_folder).toBe("/home/tanaka/作業報告");
});

test("a file that was not chosen after all is neither a result nor a problem", async () => {
  const { user, backend } = await openExport((fake) => fake.answer("export_jobs", () => null));
  await user.click(run());
  await waitFor(() => expect(exported(backend)).toHaveLength(1));
  await waitFor(() => expect(run().getAttribute("aria-busy")).toBeNull());
  expect(screen.queryByTestId("export-result")).toBeNull();
  expect(screen.queryByTestId("export-problem")).toBeNull();
});

test("a file that cannot be written says so, and what was chosen stays", async () => {
  const { user, backend } = await openExport();
  backend.failNext("export_jobs", problem("file_not_written", { reason: "ENOSPC" }));
  await user.click(screen.getByTestId("export-scope-everything"));
  await user.click(run());
  expect((await screen.findByTestId("export-problem")).textContent).toContain("ファイルに書き込めませんでした。");
  await user.click(run());
  await screen.findByTestId("export-result");
  expect(screen.queryByTestId("export-problem"), "the second try worked").toBeNull();
  expect(exported(backend)[1]?.request.everything).toBe(true);
});

test("two clicks write one file", async () => {
  const { user, backend } = await openExport();
  const release = backend.hold("export_jobs");
  await user.dblClick(run());
  release();
  await screen.findByTestId("export-result");
  expect(exported(backend)).toHaveLength(1);
});

/** An export that goes on until it is stopped or let through. */
function slowExport(backend: FakeBackend) {
  let end: (outcome: "done" | "cancelled") => void = () => {};
  const ended = new Promise<"done" | "cancelled">((resolve) => (end = resolve));
  backend.answer("export_jobs", async () => {
    if ((await ended) === "cancelled") throw problem("cancelled");
    return { path: "/home/tanaka/jobs.csv", rows: 5, read_at: backend.now() };
  });
  backend.answer("cancel_export", () => {
    end("cancelled");
    return null;
  });
  return { finish: () => end("done") };
}

const tell = (backend: FakeBackend, rows: number) => act(() => backend.emit("export_progress", { rows, total: 2000 }));
const bar = () => within(screen.getByTestId("export-progress")).getByRole<HTMLProgressElement>("progressbar");

test("a long export says how far it is, and its choices stand still meanwhile", async () => {
  const { user, backend, dialog } = await openExport();
  const { finish } = slowExport(backend);
  await user.click(run());
  expect(screen.queryByTestId("export-progress"), "a file is being chosen").toBeNull();
  tell(backend, 0);
  tell(backend, 1234);
  expect(bar().value / bar().max).toBeCloseTo(0.617);
  expect(dialog.textContent).toContain("2,000 行のうち 1,234 行を書き込みました。");
  for (const radio of within(dialog).getAllByRole<HTMLInputElement>("radio"))
    expect(radio.matches(":disabled"), radio.value).toBe(true);
  expect(await violations()).toEqual([]);
  finish();
  await screen.findByTestId("export-result");
  expect(screen.queryByTestId("export-progress")).toBeNull();
  expect(screen.queryByTestId("export-cancel"), "nothing is left to stop").toBeNull();
});

test.each<[string, (user: Awaited<ReturnType<typeof openExport>>["user"]) => Promise<void>]>([
  ["its button", (user) => user.click(screen.getByTestId("export-cancel"))],
  ["Escape", (user) => user.keyboard("{Escape}")],
])("a long export is stopped by %s, and the dialog says that there is no file", async (_way, stop) => {
  const { user, backend } = await openExport();
  slowExport(backend);
  await user.click(run());
  tell(backend, 10);
  await stop(user);
  expect((await screen.findByTestId("export-cancelled")).textContent).toContain("ファイルは作成していません。");
  expect(backend.calls.filter(({ name }) => name === "cancel_export")).toHaveLength(1);
  expect(run().getAttribute("aria-busy"), "it can be begun again").toBeNull();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("export-dialog")).toBeNull());
});

test("progress of an export before is not shown for the next", async () => {
  const { user, backend } = await openExport();
  slowExport(backend);
  await user.click(run());
  tell(backend, 1999);
  await user.click(screen.getByTestId("export-cancel"));
  await screen.findByTestId("export-cancelled");
  slowExport(backend);
  await user.click(run());
  expect(screen.queryByTestId("export-progress")).toBeNull();
  tell(backend, 1);
  expect(bar().value).toBe(1);
});

test("a list that stops being current while the dialog is open is not exported", async () => {
  const { backend } = await openExport();
  backend.pollProblem = problem("timed_out");
  act(() => backend.poll());
  await waitFor(() => expect(run().disabled).toBe(true));
  expect(screen.getByTestId("export-dialog").textContent).toContain("一覧を更新できていないため、出力できません。");
});

test.each<[string, string, (backend: FakeBackend) => void]>([
  [
    "unknown",
    "一覧が不明なため、出力できません。不明なものは出力しません。",
    (backend) => backend.setLive({ running: { state: "unknown", problem: problem("error_in_disguise") } }),
  ],
  [
    "stale",
    "一覧を更新できていないため、出力できません。更新できると出力できます。",
    (backend) => {
      backend.pollProblem = problem("timed_out");
      backend.poll();
    },
  ],
  [
    "not read yet",
    "一覧をまだ読み取っていないため、出力できません。",
    (backend) => backend.setLive({ running: { state: "unknown", problem: null } }),
  ],
])("a list that is %s exports nothing and says why", async (_state, reason, prepare) => {
  const { user, backend } = await openJobs({ prepare });
  expect(opener().disabled).toBe(true);
  expect(opener().title).toBe(reason);
  expect(opener().getAttribute("aria-description"), "for those who do not hover").toBe(reason);
  await user.click(opener());
  expect(screen.queryByTestId("export-dialog")).toBeNull();
  expect(exported(backend)).toHaveLength(0);
});
