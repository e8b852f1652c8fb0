import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Notice } from "../generated/Notice";
import { problem } from "../ipc";
import { stagingConnection } from "../ipc/fake";
import { openApp } from "../testing/app";
import { violations } from "../testing/axe";

const troubles = () => screen.queryAllByTestId("trouble");
const dismissIn = (alert: HTMLElement, name = "この通知を閉じる") => within(alert).getByRole("button", { name });

test("a poll that does not come through is told once, with what is still shown", async () => {
  const { backend } = await openApp("state=production&lang=ja");
  backend.pollProblem = problem("timed_out", { path: "/api/ita/backyard-execute-check/", attempts: 3 });
  act(() => backend.poll());
  await waitFor(() => expect(troubles()).toHaveLength(1));
  const [alert] = troubles();
  expect(alert?.textContent).toContain("プラットフォームの状態を読み取れません。");
  expect(alert?.textContent).toMatch(/\d\d:\d\d:\d\d から続いています。表示しているのは最後に分かった値です。/);
  expect(alert?.getAttribute("role"), "calm: nothing to do at once").toBe("status");
});

test("the tenth failed poll opens no tenth notice, and keeps the time of the first", async () => {
  const { backend } = await openApp("state=production&lang=ja");
  backend.pollProblem = problem("timed_out");
  act(() => backend.poll());
  await waitFor(() => expect(troubles()).toHaveLength(1));
  const first = troubles()[0]?.textContent;
  for (let poll = 0; poll < 9; poll += 1) act(() => backend.poll());
  expect(troubles()).toHaveLength(1);
  expect(troubles()[0]?.textContent).toBe(first);
  expect(screen.getAllByRole("status").filter((status) => status.textContent.includes("読み取れません"))).toHaveLength(
    1,
  );

  backend.pollProblem = null;
  act(() => backend.poll());
  await waitFor(() => expect(troubles(), "it goes when the platform answers again").toHaveLength(0));
});

test("two causes are two alerts, each said of what it hides", async () => {
  const { backend } = await openApp("state=production&lang=en");
  const { modes } = backend.live;
  act(() =>
    backend.setLive({
      modes: { ...modes, read_only: { state: "unknown", problem: problem("flag_missing") } },
      running: { state: "unknown", problem: problem("error_in_disguise") },
    }),
  );
  await waitFor(() => expect(troubles()).toHaveLength(2));
  const words = troubles()
    .map((alert) => alert.textContent)
    .join(" ");
  expect(words).toContain("read-only mode");
  expect(words).toContain("It is not known how many jobs run.");
});

test("a mismatch names both figures, the one that decides, and the place", async () => {
  await openApp("state=suspect&lang=ja");
  const alert = screen.getByTestId("mismatch");
  expect(alert.textContent).toContain("プラットフォームは 6 件、一覧は 4 件です。大きいほうの 6 件で判断します。");
  expect(alert.textContent).toContain("sales / prod-batch：申告 4 件、一覧 1 件");
  expect(screen.getByTestId("running-count").dataset.value, "the card shows the one that decides").toBe("6");
  const age = within(alert).getByText(/^\d+ 秒前$/);
  expect(age.closest('[aria-live="off"]'), "told, and not read out each second").not.toBeNull();
});

test("what may be a lie of the platform stands above everything else", async () => {
  await openApp("state=suspect&lang=en");
  const shown = ["notice-suspect", "mismatch", "notice-vanished"].map((id) => screen.getByTestId(id));
  const inPage = [...document.querySelectorAll<HTMLElement>(".alert")].filter((alert) => shown.includes(alert));
  expect(inPage.map(({ dataset }) => dataset.testid)).toEqual(shown.map(({ dataset }) => dataset.testid));
});

test("a workspace or organization that vanished is reported by name until dismissed", async () => {
  const { user } = await openApp("state=suspect&lang=ja");
  const alert = screen.getByTestId("notice-vanished");
  expect(alert.textContent).toContain("ワークスペースまたはオーガナイゼーションが 2 件、一覧から消えました。");
  expect(alert.textContent).toContain("hr/payroll");
  expect(alert.textContent).toContain("infra（オーガナイゼーション全体）");
  await user.click(dismissIn(alert));
  await waitFor(() => expect(screen.queryByTestId("notice-vanished")).toBeNull());
  expect(screen.getByTestId("notice-suspect"), "the other notice stays").toBeTruthy();
});

test("a switch made elsewhere is told apart from one that may be a lie", async () => {
  const { backend } = await openApp("state=production&lang=ja");
  const at = Date.now();
  const notice: Notice = { kind: "changed_elsewhere", id: 7, at, mode: "read_only", on: true, suspect: false };
  act(() => backend.setLive({ notices: [notice] }));
  const changed = await screen.findByTestId("notice-changed");
  expect(changed.textContent).toContain("読み取り専用モードが別の場所で ON にされました。");
  expect(changed.getAttribute("role")).toBe("status");

  act(() => backend.setLive({ notices: [{ ...notice, id: 8, on: false, suspect: true }] }));
  const suspect = await screen.findByTestId("notice-suspect");
  expect(suspect.textContent).toContain("読み取り専用モードの値が OFF に変わりました。");
  expect(suspect.getAttribute("role"), "this one interrupts").toBe("alert");
});

test("both modes that turn off in one answer are one alert, put away at once", async () => {
  const { backend, user } = await openApp("state=production&lang=ja");
  const at = backend.now();
  const off = { kind: "changed_elsewhere", on: false, suspect: true } as const;
  act(() =>
    backend.setLive({
      notices: [
        { ...off, id: 5, at: at - 60_000, mode: "job_stop" },
        { ...off, id: 7, at, mode: "job_stop" },
        { ...off, id: 8, at, mode: "read_only" },
      ],
    }),
  );
  await waitFor(() =>
    expect(screen.getAllByTestId("notice-suspect"), "the older one speaks for itself").toHaveLength(2),
  );
  const [both] = screen.getAllByTestId("notice-suspect");
  expect(both?.textContent).toContain("両方のモードの値が同時に OFF に変わりました。");
  await user.click(dismissIn(both as HTMLElement));
  const dismissed = backend.calls.filter((call) => call.name === "dismiss_notice").map((call) => call.args);
  expect(dismissed).toEqual([{ id: 7 }, { id: 8 }]);
});

test("a password that could not be kept says what that means for the next start", async () => {
  const { backend, user } = await openApp("state=staging&lang=ja");
  const kept: Notice = { kind: "password_not_kept", id: 3, at: Date.now(), problem: problem("keyring_locked") };
  act(() => backend.setLive({ notices: [kept] }));
  const alert = await screen.findByTestId("notice-password");
  expect(alert.textContent).toContain("パスワードをキーリングに保存できませんでした。");
  expect(alert.textContent).toContain("次に開くときは、もう一度入力してください。");
  expect(await violations()).toEqual([]);
  await user.click(dismissIn(alert));
  expect(backend.calls).toContainEqual({ name: "dismiss_notice", args: { id: 3 } });
});

test("names in a notice are text", async () => {
  const { backend } = await openApp("state=production&lang=ja");
  const places = [
    { organization: "<img src=x onerror=alert(1)>", workspace: null },
    { organization: "hr", workspace: "\u202Egnp" },
  ];
  act(() => backend.setLive({ notices: [{ kind: "vanished", id: 1, at: Date.now(), places, total: 2 }] }));
  const alert = await screen.findByTestId("notice-vanished");
  expect(alert.querySelector("img")).toBeNull();
  expect(alert.textContent).toContain("<img src=x onerror=alert(1)>");
  expect(alert.textContent, "nothing turns the direction of what follows").toContain("hr/⟨U+202E⟩gnp");
});

test("a missing keyring concerns only a connection that wants it", async () => {
  const { backend } = await openApp(
    "state=production&lang=ja",
    (fake) => (fake.keyring = problem("keyring_unavailable")),
  );
  expect(screen.getByTestId("keyring-problem")).toBeTruthy();
  act(() => backend.open(stagingConnection));
  await waitFor(() => expect(screen.queryByTestId("keyring-problem"), "its password lives in the session").toBeNull());
});

test("a closed connection has no troubles left", async () => {
  const { backend } = await openApp("state=stale&lang=ja");
  expect(troubles()).toHaveLength(1);
  await act(() => backend.call("disconnect"));
  await waitFor(() => expect(troubles()).toHaveLength(0));
});

test("a name that leads elsewhere is told with both addresses, in both languages", async () => {
  for (const [lang, words] of [
    ["ja", "接続先の名前が、これまでと別のアドレスを指しています。"],
    ["en", "The name in the address now leads to another machine."],
  ] as const) {
    const { backend, unmount } = await openApp(`state=production&lang=${lang}`);
    const at = backend.now();
    act(() => backend.setLive({ notices: [{ kind: "name_moved", id: 3, at, from: "10.0.0.7", to: "203.0.113.9" }] }));
    const alert = await screen.findByTestId("notice-moved");
    expect(alert.textContent).toContain(words);
    expect(alert.textContent).toContain("10.0.0.7");
    expect(alert.textContent).toContain("203.0.113.9");
    unmount();
  }
});

test("a defect that broke a poll is told and can be put away", async () => {
  const { user, backend } = await openApp("state=production&lang=ja");
  act(() => backend.setLive({ notices: [{ kind: "poll_broke", id: 4, at: backend.now() }] }));
  const alert = await screen.findByTestId("notice-broke");
  expect(alert.textContent).toContain("読み取りは続けています。");
  await user.click(dismissIn(alert));
  await waitFor(() => expect(screen.queryByTestId("notice-broke")).toBeNull());
});

test("a list that nobody has renewed, as after sleep, is marked in the window until the next one comes", async () => {
  const { backend } = await openApp("state=production&lang=ja");
  const { running } = backend.live;
  if (running.state !== "known") throw new Error("known at first");
  const late = problem("timed_out", { reason: "no newer list" });
  act(() => backend.setLive({ running: { ...running, state: "stale", since: backend.now(), problem: late } }));
  await waitFor(() => expect(screen.getByTestId("running-count").getAttribute("data-state")).toBe("stale"));
  expect(screen.getByTestId("freshness").textContent).toMatch(/\d\d:\d\d:\d\d/);
  expect(troubles()).toHaveLength(1);
  act(() => backend.poll());
  await waitFor(() => expect(screen.getByTestId("running-count").getAttribute("data-state")).toBe("known"));
  expect(troubles()).toHaveLength(0);
});

test("the core is told when the window is hidden and when it is seen again", async () => {
  const { backend } = await openApp("state=production&lang=ja");
  const told = () => backend.calls.filter((call) => call.name === "window_visibility").map((call) => call.args);
  expect(told()).toEqual([{ visible: true }]);
  let state: DocumentVisibilityState = "hidden";
  const visibility = vi.spyOn(document, "visibilityState", "get").mockImplementation(() => state);
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
  state = "visible";
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
  expect(told().slice(1)).toEqual([{ visible: false }, { visible: true }]);
  visibility.mockRestore();
});

test.each([
  ["ja", "2 分は問い合わせません。"],
  ["en", "asked to be left alone for 2 min"],
])("a wait that the platform asked for is said, not only noted among the facts (%s)", async (lang, words) => {
  const { backend } = await openApp(`state=production&lang=${lang}`);
  backend.pollProblem = problem("too_many_requests", { status: 429, retry_after_seconds: 120 });
  act(() => backend.poll());
  await waitFor(() => expect(troubles()).toHaveLength(1));
  expect(troubles()[0]?.textContent).toContain(words);
});

test("what was wrong at the start is told one by one, and each can be put away", async () => {
  await openApp("state=production&lang=ja", (backend) => {
    backend.problems = [problem("other_program_silent", { reason: "PID 4711" }), problem("settings_damaged")];
  });
  const silent = screen.getByTestId("start-other_program_silent");
  expect(silent.textContent).toContain("起動済みの ITA Maintenance が応答しません。");
  expect(silent.textContent, "the process that can be ended").toContain("PID 4711");
  expect(await violations()).toEqual([]);
  dismissIn(silent).click();
  await waitFor(() => expect(screen.queryByTestId("start-other_program_silent")).toBeNull());
  expect(screen.getByTestId("start-settings_damaged")).toBeTruthy();
});
