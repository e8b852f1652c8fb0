import { screen, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { problem } from "../../ipc";
import { openApp } from "../../testing/app";
import { violations } from "../../testing/axe";

const card = () => within(screen.getByTestId("procedure"));
const current = () => screen.getByTestId("procedure-next");
const condition = (key: string) => current().querySelector(`[data-condition="${key}"]`)?.getAttribute("data-state");

describe("each phase", () => {
  test.each([
    ["procedure-scheduled", "stop", "いま始める…"],
    ["procedure-stopping", "stop", "もう一度切り替える…"],
    ["procedure-drain", "drain", "残り 6 件（Conductor 2 件）を確かめる…"],
    ["procedure-drained", "read_only", "読み取り専用にする…"],
    ["procedure-going", "read_only", "手順を中止…"],
    ["procedure-gate", "quiet", "待たずに作業を始める…"],
    ["procedure-quiet", "quiet", "作業を始める"],
    ["procedure-work", "work", "作業を終えて元に戻す…"],
    ["procedure-ending", "reopen", "もう一度切り替える…"],
    ["procedure-checking", "reopen", "ジョブ停止を解除する…"],
    ["procedure-starting", "reopen", "もう一度切り替える…"],
    ["procedure-watching", "reopen", "監視を終える"],
  ])("%s stands at %s and offers %s", async (state, step, button) => {
    await openApp(`state=${state}&lang=ja`);
    expect(current().dataset.step).toBe(step);
    expect(within(current()).getByRole("button", { name: button })).toBeTruthy();
    expect(await violations()).toEqual([]);
  });

  test.each(["procedure-finished", "procedure-gaveup", "procedure-aborted"])("%s has ended", async (state) => {
    await openApp(`state=${state}&lang=en`);
    expect(screen.getByTestId("procedure-start").textContent).toBe("Start a new procedure…");
    expect(await violations()).toEqual([]);
  });
});

test("one key stops jobs again during the watch, without a question and only then", async () => {
  const { backend, user } = await openApp("state=procedure-watching&lang=ja");
  await user.keyboard("{F8}");
  await vi.waitFor(() => expect(backend.live.procedure?.phase).toBe("draining"));
  expect(backend.live.modes.job_stop).toMatchObject({ state: "known", value: true });
  const sent = backend.calls.filter(({ name }) => name === "procedure_act").length;
  await user.keyboard("{F8}");
  expect(backend.calls.filter(({ name }) => name === "procedure_act")).toHaveLength(sent);
});

test("a closed lock is asked for before jobs are stopped again", async () => {
  const { backend, user } = await openApp("state=procedure-watching&lang=ja");
  backend.setLive({ lock_open_until: null });
  await user.click(screen.getByRole("button", { name: /ジョブをもう一度止める/ }));
  await user.click(await screen.findByTestId("confirm-open-lock"));
  await user.click(screen.getByTestId("confirm"));
  await vi.waitFor(() => expect(backend.live.procedure?.phase).toBe("draining"));
});

describe("the drain", () => {
  test("names each condition by itself, and an unknown count is never met", async () => {
    const { backend } = await openApp("state=procedure-drain&lang=ja");
    expect([condition("zeros"), condition("list"), condition("new")]).toEqual(["waiting", "met", "alarm"]);
    backend.setLive({
      procedure: backend.live.procedure && { ...backend.live.procedure, holding: null, remaining: [], zeros: 0 },
    });
    await screen.findByText("件数が不明です。0 件とは限りません");
    expect(
      [condition("zeros"), condition("running"), condition("new")],
      "nothing follows from what is not known",
    ).toEqual(["unknown", "unknown", "unknown"]);
  });

  test("knows nothing of new jobs while job stop may be off, and says what to do", async () => {
    const { backend } = await openApp("state=procedure-drained&lang=ja");
    expect(condition("new")).toBe("met");
    backend.setLive({ suspect: { job_stop: backend.now(), read_only: null } });
    expect(await screen.findByText(/新しいジョブが始まっているかもしれません/)).toBeTruthy();
    expect(condition("new")).toBe("unknown");
    expect(await violations()).toEqual([]);
  });

  test("says when zero is expected, on what that rests and how often such a forecast holds", async () => {
    await openApp("state=procedure-armed&lang=ja");
    const forecast = screen.getByTestId("count-forecast");
    expect(forecast.textContent).toMatch(/^0 件になる見込み：.*\d\d:\d\d〜.*\d\d:\d\d過去の実行 214 件から$/);
    expect(forecast.title).toContain("100 回のうち 80 回以上");
    expect(screen.getAllByText(/見込み/), "said once").toHaveLength(1);
  });

  test("makes no promise while jobs still start, and says so", async () => {
    await openApp("state=procedure-drain&lang=en");
    expect(screen.getByTestId("count-forecast").textContent).toBe("No forecast: jobs have started after job stop");
  });

  test("waives an unknown backyard only after an explanation", async () => {
    const { backend, user } = await openApp("state=procedure-drain&lang=ja");
    await user.click(card().getByRole("button", { name: "待つ対象から外す…" }));
    expect(backend.calls.some(({ name }) => name === "procedure_act")).toBe(false);
    await user.click(await screen.findByTestId("confirm"));
    await vi.waitFor(() => expect(condition("unclassified ita-by-oase-conclusion")).toBeUndefined());
  });

  test("hands out a text for each owner with their rows alone", async () => {
    const { user } = await openApp("state=procedure-drain&lang=ja");
    await user.click(screen.getByTestId("procedure-show-remaining"));
    expect(
      screen.getAllByRole("row").filter((row) => row.closest(".remaining") && row.querySelector("td")),
      "each of them",
    ).toHaveLength(6);
    expect(await violations()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "infra / network の文面をコピー" }));
    const text = await navigator.clipboard.readText();
    expect(text).toContain("infra / network ご担当者様");
    expect(text).toContain("9b8ab1d7-b2f7-4ec0-a1b3-7c5d2e9f8a32");
    expect(text, "another owner's row").not.toContain("6b9743ab");
  });
});

describe("the point of no return", () => {
  test("over running jobs asks for the name and sends nothing before", async () => {
    const { backend, user } = await openApp("state=procedure-drain&lang=ja");
    await user.click(screen.getByTestId("procedure-read-only"));
    const dialog = within(await screen.findByTestId("procedure-act"));
    expect(dialog.getByText("ジョブが実行中です。")).toBeTruthy();
    expect(dialog.getByTestId("procedure-remaining")).toBeTruthy();
    const confirm = screen.getByTestId<HTMLButtonElement>("confirm");
    expect(confirm.disabled).toBe(true);
    expect(await violations()).toEqual([]);
    await user.type(screen.getByTestId("confirm-name"), backend.live.connection?.name ?? "");
    await user.click(confirm);
    await vi.waitFor(() => expect(backend.live.procedure?.phase).toBe("quiet_gate"));
    const sent = backend.calls.filter(({ name }) => name === "procedure_act").map(({ args }) => args);
    expect(sent).toEqual([
      {
        act: { act: "confirm", phase: "draining", named: false },
        consent: { agreed: true, typed_name: backend.live.connection?.name },
      },
    ]);
  });

  test("asks again when it has become more dangerous meanwhile", async () => {
    const { backend, user } = await openApp("state=procedure-drained&lang=ja");
    await user.click(screen.getByTestId("procedure-read-only"));
    const confirm = await screen.findByTestId("confirm");
    backend.failNext("procedure_act", problem("confirmation_needed"));
    await user.click(confirm);
    expect(await screen.findByText("確認のあいだに状況が変わりました。")).toBeTruthy();
    expect(backend.live.procedure?.phase, "nothing was done").toBe("point_of_no_return");
  });

  test("a click for a phase that is over asks nothing again", async () => {
    const { backend, user } = await openApp("state=procedure-drained&lang=ja");
    await user.click(screen.getByTestId("procedure-read-only"));
    const confirm = await screen.findByTestId("confirm");
    backend.setLive({ procedure: backend.live.procedure && { ...backend.live.procedure, phase: "draining" } });
    backend.failNext("procedure_act", problem("confirmation_needed"));
    await user.click(confirm);
    await vi.waitFor(() => expect(screen.queryByTestId("procedure-act")).toBeNull());
  });

  test("stays shut while the lock is closed", async () => {
    const { backend, user } = await openApp("state=procedure-drained&lang=ja");
    backend.setLive({ lock_open_until: null });
    await user.click(screen.getByTestId("procedure-read-only"));
    expect((await screen.findByTestId<HTMLButtonElement>("confirm")).disabled).toBe(true);
    await user.click(screen.getByTestId("confirm-open-lock"));
    await vi.waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("confirm").disabled).toBe(false));
  });
});

describe("the quiet gate", () => {
  test("shows each condition, and the tick of restarted services ends the settle clock", async () => {
    const { user } = await openApp("state=procedure-gate&lang=ja");
    expect([condition("running"), condition("read_only"), condition("settled")]).toEqual(["met", "met", "waiting"]);
    await user.click(screen.getByTestId("services-restarted"));
    await vi.waitFor(() => expect(condition("settled")).toBe("met"));
    expect(screen.getByTestId("procedure-begin-work").textContent).toBe("作業を始める");
  });

  test("takes minutes and refuses what is none", async () => {
    const { backend, user } = await openApp("state=procedure-gate&lang=ja");
    const field = screen.getByTestId("settle-minutes");
    await user.clear(field);
    await user.type(field, "9x");
    expect(screen.getByText("0〜1440 の整数で入力してください。")).toBeTruthy();
    await user.clear(field);
    await user.type(field, "45{Enter}");
    await vi.waitFor(() => expect(backend.live.procedure?.options.settle_minutes).toBe(45));
  });
});

describe("the way back", () => {
  test("job stop is switched off only after the check list", async () => {
    const { backend, user } = await openApp("state=procedure-checking&lang=ja");
    const button = screen.getByTestId<HTMLButtonElement>("procedure-start-jobs");
    expect(button.disabled).toBe(true);
    for (const key of ["work", "services", "users"]) await user.click(screen.getByTestId(`check-${key}`));
    await user.click(button);
    await user.click(await screen.findByTestId("confirm"));
    await vi.waitFor(() => expect(backend.live.procedure?.phase).toBe("watching"));
    expect(backend.world.flags.job_stop).toBe(false);
  });
});

describe("going on by itself", () => {
  test("is off until it was explained and confirmed", async () => {
    const { backend, user } = await openApp("state=procedure-drain&lang=ja");
    expect(screen.getByTestId("procedure-automation").dataset.state).toBe("off");
    await user.click(card().getByRole("button", { name: "0 件になったら自動で読み取り専用にする…" }));
    await user.click(await screen.findByTestId("confirm"));
    await vi.waitFor(() => expect(screen.getByTestId("procedure-automation").dataset.state).toBe("armed"));
    backend.setLive({ lock_open_until: null });
    expect(screen.getByText(/操作ロックが掛かっても、この許可は残ります。/), "it says so").toBeTruthy();
    await user.click(card().getByRole("button", { name: "自動を保留" }));
    await vi.waitFor(() => expect(screen.getByTestId("procedure-automation").dataset.state).toBe("held"));
  });
});

test("starting asks, stops the jobs and then waits for them", async () => {
  const { backend, user } = await openApp("state=production&lang=ja");
  await user.click(screen.getByTestId("procedure-start"));
  await user.click(await screen.findByTestId("confirm"));
  await vi.waitFor(() => expect(current().dataset.step).toBe("drain"));
  expect(backend.world.flags.job_stop).toBe(true);
});

test("the window's title counts jobs, then time", async () => {
  const { backend } = await openApp("state=procedure-drain&lang=ja");
  await vi.waitFor(() => expect(document.title).toMatch(/^実行中 4 件 ・ /));
  const { procedure } = backend.live;
  backend.setLive({ procedure: procedure && { ...procedure, title: { ...procedure.title, holding: null } } });
  await vi.waitFor(() => expect(document.title, "unknown is no number").toMatch(/^件数不明 ・ /));
});

test("the work counts up in the title, and its late end is said with what to do", async () => {
  await openApp("state=procedure-work&lang=ja");
  await vi.waitFor(() => expect(document.title).toMatch(/^作業する 1:3[45]:\d\d ・ /));
  expect(screen.getByTestId("notice-procedure-overdue").textContent).toContain("見通しを知らせ");
  expect(screen.getByText(/状態を読み取れません。作業中は想定どおり/)).toBeTruthy();
});

test("read-only over jobs that are left is said with the way out", async () => {
  const { backend, user } = await openApp("state=procedure-frozen&lang=ja");
  await user.click(within(current()).getByRole("button", { name: "読み取り専用を解除する…" }));
  await user.click(await screen.findByTestId("confirm"));
  await vi.waitFor(() => expect(backend.world.flags).toEqual({ job_stop: true, read_only: false }));
});

test("an armed step that the program's end has stopped says why and waits for a new permission", async () => {
  const { backend } = await openApp("state=procedure-stopped&lang=en");
  expect(screen.getByTestId("procedure-automation").textContent).toContain("the machine slept");
  expect(screen.getByText(/Nothing happens automatically until that is done/)).toBeTruthy();
  expect(backend.calls.some(({ name }) => name === "procedure_act")).toBe(false);
});
