import { act, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { problem } from "../../ipc";
import { oddRows, withManyRows } from "../../ipc/fake";
import { violations } from "../../testing/axe";
import { cells, header, openJobRows, openJobs, rowElements, showRows, texts } from "../../testing/jobs";

const MILLION = 1_000_000;
const MOST_ROWS = 200;

const odd = () => openJobRows({ prepare: (backend) => showRows(backend, oddRows(backend.now())) });
const panel = () => screen.getByRole("region", { name: "実行中のバックヤード処理" });

test("a million rows are a few elements, at both ends of the list", async () => {
  const { user } = await openJobRows({ prepare: (backend) => withManyRows(backend, MILLION) });
  const grid = screen.getByTestId("jobs-grid");
  expect(grid.getAttribute("aria-rowcount")).toBe(String(MILLION + 1));
  expect(screen.getByTestId("jobs-rows").textContent).toBe("1,000,000 行");
  expect(rowElements().length).toBeLessThanOrEqual(MOST_ROWS);

  act(() => header("organization_id").focus());
  await user.keyboard("{Control>}{End}{/Control}");
  await waitFor(() => expect(texts("job_id")).toContain("00999999-0000-4000-8000-000000000000"));
  expect(rowElements().length).toBeLessThanOrEqual(MOST_ROWS);
  expect(rowElements().at(-1)?.getAttribute("aria-rowindex"), "the last row is reached").toBe(String(MILLION + 1));
});

test("no more than a screenful is asked for, wherever one scrolls", async () => {
  const { backend } = await openJobRows({ prepare: (fake) => withManyRows(fake, MILLION) });
  const grid = screen.getByTestId("jobs-grid");
  for (const offset of [4_000_000, 14_000_000, 90_000]) {
    act(() => {
      grid.scrollTop = offset;
    });
    await waitFor(() =>
      expect(
        texts("job_id").some((text) => text !== ""),
        `rows at ${offset} px`,
      ).toBe(true),
    );
  }
  const limits = backend.calls.flatMap(({ name, args }) =>
    name === "job_window" ? [(args as { limit: number }).limit] : [],
  );
  expect(Math.max(...limits)).toBeLessThanOrEqual(MOST_ROWS);
  expect(rowElements().length).toBeLessThanOrEqual(MOST_ROWS);
});

test("names are text and nothing else", async () => {
  const alert = vi.spyOn(window, "alert").mockImplementation(() => {});
  await odd();
  expect(texts("organization_id")).toContain("<script>alert(1)</script>");
  expect(texts("workspace_id")).toContain("<img src=x onerror=alert(1)>");
  expect(panel().querySelector("script, img"), "no markup came of it").toBeNull();
  expect(alert).not.toHaveBeenCalled();
  expect(await violations()).toEqual([]);
});

test("combined letters and pictures stay whole", async () => {
  await odd();
  expect(texts("organization_id")).toContain("e\u0301か\u3099 👩‍💻");
  expect(texts("workspace_id")).toContain("𠮷野家");
});

test("what turns the direction or has no picture is shown by its code point", async () => {
  await odd();
  expect(texts("organization_id")).toContain("safe⟨U+202E⟩gpj.exe");
  expect(texts("workspace_id")).toContain("a⟨U+0000⟩b⟨U+001B⟩[31mc");
  expect(texts("job_id")).toContain("line⟨U+000A⟩break");
});

test("a name of ten thousand letters is cut for the cell and for its tooltip", async () => {
  await odd();
  const long = cells("organization_id").find((cell) => cell.textContent.startsWith("長い名前"));
  expect(long?.textContent.length).toBeLessThan(250);
  expect(long?.querySelector("[title]")?.getAttribute("title")?.length).toBeLessThan(2100);
});

test("what the product does not know it says, in the platform's own words where there are any", async () => {
  await odd();
  expect(texts("backyard")).toContain("ita-by-quantum-execute");
  expect(texts("status_name")).toEqual(expect.arrayContaining(["量子待ち", "状態 9", "状態なし"]));
  expect(texts("counted")).toEqual(expect.arrayContaining(["未分類変化", "対象外", "未分類新規"]));
});

test("a row that left the list is told as gone, not as ended", async () => {
  await odd();
  expect(texts("status_name")).toContain("一覧から消滅");
});

test("a time that cannot be read makes no age: an old job must never look young", async () => {
  await odd();
  const place = texts("last_update_utc").findIndex((text) => text.includes("いつか"));
  expect(place).toBeGreaterThanOrEqual(0);
  expect(texts("age_seconds")[place]).toBe("—");
});

test("an empty list is said to be empty only when it is complete and current", async () => {
  await openJobs({ prepare: (backend) => showRows(backend, []) });
  expect(await screen.findByText("実行中のジョブはありません")).toBeTruthy();
});

test("an unknown list never says that nothing runs", async () => {
  const running = { state: "unknown", problem: problem("error_in_disguise") } as const;
  await openJobs({ prepare: (backend) => backend.setLive({ running }) });
  expect(panel().dataset.state).toBe("unknown");
  expect(panel().textContent).toContain("0 件という意味ではありません。");
  expect(panel().textContent).toContain("行数は不明です");
  expect(screen.queryByText("実行中のジョブはありません")).toBeNull();
});

test("a failed refresh keeps the rows and says in one line of when they are", async () => {
  const { backend } = await openJobRows();
  backend.pollProblem = problem("timed_out");
  act(() => backend.poll());
  await waitFor(() => expect(panel().dataset.state).toBe("stale"));
  expect(cells("job_id")).toHaveLength(5);
  expect(panel().querySelector("footer")?.textContent).toMatch(
    /^\d\d:\d\d:\d\d 時点の一覧ですその後は更新できていません5 行$/,
  );
});

test("the footer offers to say the zone only while nobody knows it", async () => {
  const asked = vi.fn();
  const { user, backend } = await openJobRows({ onAskZone: asked });
  const link = () => screen.queryByRole("button", { name: "タイムゾーンを指定" });
  expect(link(), "proven").toBeNull();
  act(() => backend.setLive({ zone: { basis: "bounded", at_least_minutes: 480 } }));
  expect(link(), "bounded").not.toBeNull();
  act(() => backend.setLive({ zone: { basis: "assumed", offset_minutes: 540 } }));
  expect(link(), "assumed").toBeNull();
  act(() => backend.setLive({ zone: { basis: "unproven" } }));
  await user.click(link() as HTMLElement);
  expect(asked).toHaveBeenCalledOnce();
});
