import { act, screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { ProcedureView } from "../../generated/ProcedureView";
import type { FakeBackend } from "../../ipc/fake";
import { openApp } from "../../testing/app";
import { violations } from "../../testing/axe";
import { typeDateTime } from "../../testing/dateTime";

const card = () => screen.getByTestId("procedure");
const step = (key: string) => card().querySelector<HTMLElement>(`[data-step="${key}"]`);
const ticked = () => [...card().querySelectorAll<HTMLElement>(".step-done")].map(({ dataset }) => dataset.step);
const primary = () => [...card().querySelectorAll(".button-primary")].map(({ textContent }) => textContent);
const button = (name: string) => within(card()).queryByRole("button", { name });

const change = (backend: FakeBackend, part: Partial<ProcedureView>) =>
  act(() => backend.setLive({ procedure: backend.live.procedure && { ...backend.live.procedure, ...part } }));
const doubt = (backend: FakeBackend, mode: "job_stop" | "read_only") => {
  backend.world.flags = { ...backend.world.flags, [mode]: false };
  act(() => {
    backend.poll();
    backend.setLive({ suspect: { job_stop: null, read_only: null, [mode]: backend.now() } });
  });
};

describe("what holds the drain", () => {
  test("is a counted row; conductors are named as what read-only takes away", async () => {
    await openApp("state=procedure-armed&lang=ja");
    expect(card().textContent).toContain(
      "待たせているもの：sales / prod-batch の Ansible作業実行（停滞、41 分間変化なし）",
    );
    expect(card().textContent).toContain(
      "読み取り専用にする前に対処：sales / prod-batch の Conductor（一時停止）、ほか 1 件",
    );
    expect(primary(), "somebody has to look").toEqual(["残り 4 件（Conductor 2 件）を確かめる…"]);
  });

  test("asks for nothing while all that is counted moves", async () => {
    const { backend } = await openApp("state=procedure-armed&lang=en");
    const remaining = backend.live.procedure?.remaining.filter(({ kind }) => kind !== "standing") ?? [];
    change(backend, { remaining, remaining_total: remaining.length });
    expect(card().textContent).toContain(
      "Held back by: infra / network, Terraform Cloud/EP execution (moving)Just wait.",
    );
    expect(primary()).toEqual([]);
  });

  test("under read-only offers the way back alone", async () => {
    await openApp("state=procedure-frozen&lang=ja");
    expect(primary()).toEqual(["読み取り専用を解除する…"]);
    expect(screen.queryByTestId("procedure-read-only")).toBeNull();
    expect(screen.queryByTestId("procedure-automation")).toBeNull();
    expect(within(card()).getAllByText(/件数が減らない/), "once").toHaveLength(1);
  });
});

describe("the end", () => {
  test("of a whole procedure is six ticks, what the modes read, and the evidence", async () => {
    const { backend } = await openApp("state=procedure-finished&lang=ja");
    expect(ticked()).toEqual(["stop", "drain", "read_only", "quiet", "work", "reopen"]);
    expect(screen.queryByTestId("procedure-next")).toBeNull();
    expect(card().textContent).toContain("手順が完了しました。ジョブ停止と読み取り専用は、どちらも OFF です。");
    expect(primary()).toEqual(["作業記録を出力…"]);
    doubt(backend, "job_stop");
    expect(card().textContent).toContain("ジョブ停止は OFF？（要確認）、読み取り専用は OFF です。");
  });

  test("of a wait says whether jobs ran on or a zero was not proved", async () => {
    const { backend } = await openApp("state=procedure-gaveup&lang=ja");
    expect(card().textContent).toContain(
      "期限の時点で、ジョブ 4 件が実行中でした。サーバーサイドジョブ停止は ON のままです。「続ける」か「元に戻す…」を選んでください。",
    );
    change(backend, { holding: null });
    expect(card().textContent).toContain("期限までに 0 件を確認できませんでした。");
    expect(ticked()).toEqual(["stop"]);
    expect(screen.queryByTestId("procedure-next"), "nothing is next").toBeNull();
  });

  test("takes its evidence along: the next procedure begins without", async () => {
    const { backend, user } = await openApp("state=procedure-finished&lang=ja");
    await user.click(screen.getByTestId("procedure-evidence"));
    await screen.findByTestId("procedure-evidence-result");
    change(backend, { phase: "work" });
    expect(screen.getByTestId("procedure-evidence-result"), "the same procedure").toBeTruthy();
    change(backend, { began_at: backend.now() + 1 });
    expect(screen.getByTestId("procedure-evidence")).toBeTruthy();
    expect(screen.queryByTestId("procedure-evidence-result")).toBeNull();
  });

  test("a zero that was never seen is no tick", async () => {
    const { backend } = await openApp("state=procedure-work&lang=ja");
    const { procedure } = backend.live;
    change(backend, { gate: { ...(procedure as ProcedureView).gate, last_zero: null } });
    expect(ticked()).toEqual(["stop", "read_only", "quiet"]);
    expect(step("drain")?.textContent).toContain("0 件は確認していません");
  });
});

describe("a mode that is not as the procedure left it", () => {
  test("job stop in doubt is no tick and no plain OFF", async () => {
    const { unmount } = await openApp("state=procedure-armed&lang=ja");
    expect(ticked()).toEqual(["stop"]);
    unmount();
    await openApp("state=procedure-suspect&lang=ja");
    expect(ticked()).toEqual([]);
    expect(step("stop")?.querySelector(".step-unknown")?.textContent).toBe("OFF？ 確かめてください");
    expect(await violations()).toEqual([]);
  });

  test("without a procedure it is doubted just so", async () => {
    const { backend } = await openApp("state=staging&lang=en");
    doubt(backend, "read_only");
    expect(step("read_only")?.querySelector(".step-unknown")?.textContent).toBe("OFF? Make sure");
  });

  test("work without read-only is an alarm, and one in doubt says that it is", async () => {
    const { unmount } = await openApp("state=procedure-work&lang=ja");
    expect(screen.queryByTestId("work-open")).toBeNull();
    unmount();
    const { backend } = await openApp("state=procedure-work-open&lang=ja");
    expect(screen.getByTestId("work-open").textContent).toContain("整合性がとれていないおそれがあります");
    expect(step("read_only")?.textContent).toContain("OFF です");
    expect(await violations()).toEqual([]);
    doubt(backend, "read_only");
    expect(screen.getByTestId("work-open").textContent).toContain("書き込みができる状態かもしれません");
  });

  test.each(["procedure-ending", "procedure-checking"])(
    "job stop that is off on the way back is no tick: %s",
    async (state) => {
      const { backend } = await openApp(`state=${state}&lang=ja`);
      expect(ticked()).toContain("stop");
      backend.world.flags = { ...backend.world.flags, job_stop: false };
      act(() => backend.poll());
      expect(ticked()).not.toContain("stop");
      expect(step("stop")?.textContent).toContain("OFF です");
      expect(screen.getByTestId("stop-open").textContent).toContain("ジョブ停止が OFF です。");
      expect(await violations()).toEqual([]);
      doubt(backend, "job_stop");
      expect(screen.queryByTestId("stop-open"), "an off in doubt is told as the doubt").toBeNull();
      expect(card().textContent).toContain("ジョブ停止の値が OFF に変わっています。");
    },
  );

  test("a switch that is not on its way is not waited for", async () => {
    const { backend } = await openApp("state=procedure-stopping&lang=ja");
    change(backend, { awaits_answer: true });
    expect(card().textContent).toContain("読み戻して確かめています");
    change(backend, { awaits_answer: false });
    expect(card().textContent).not.toContain("読み戻して確かめています");
    expect(card().textContent).toContain("ジョブ停止は ON になっていません。もう一度 ON にすると先へ進みます。");
    expect(primary()).toEqual(["ジョブ停止を ON にする…"]);
    change(backend, { phase: "draining" });
    expect(card().textContent, "there is nothing to answer").toContain("実行中のジョブが終わるのを待っています");
  });
});

describe("the gate and the watch", () => {
  test("a count that is known is told, not called unknown", async () => {
    const { backend } = await openApp("state=procedure-gate&lang=ja");
    const { procedure } = backend.live;
    change(backend, { holding: 2, gate: { ...(procedure as ProcedureView).gate, count_is_zero: false } });
    const running = card().querySelector('[data-condition="running"]');
    expect([running?.getAttribute("data-state"), running?.textContent]).toEqual([
      "waiting",
      "実行中 2 件 待っています",
    ]);
    expect(card().textContent).toContain("静止待ち：残り 71:46");
  });

  test("the watch offers its end and to stop again, and nothing else", async () => {
    await openApp("state=procedure-watching&lang=ja");
    const names = within(screen.getByTestId("procedure-next")).getAllByRole("button");
    expect(names.map(({ textContent }) => textContent)).toEqual(["監視を終える", "ジョブをもう一度止める F8"]);
  });
});

describe("the watch", () => {
  test("says what has started, by backyard, and raises no alarm about it", async () => {
    const { backend } = await openApp("state=procedure-watching&lang=ja");
    expect(screen.queryByTestId("procedure-started"), "conductors that were left").toBeNull();
    const left = backend.live.procedure?.remaining ?? [];
    const started = ["ita-by-ansible-execute", "ita-by-ansible-execute", "ita-by-menu-create"].map((backyard, id) => ({
      ...(left[0] as (typeof left)[0]),
      kind: "new_after_stop" as const,
      backyard,
      job_id: String(id),
    }));
    change(backend, { remaining: [...started, ...left], remaining_total: started.length + left.length });
    const said = () => screen.getByTestId("procedure-started").textContent;
    expect(said()).toBe("始まったもの：Ansible作業実行 2 件、パラメータシート作成 1 件");
    change(backend, { remaining_total: 500 });
    expect(said()).toBe("始まったもの：Ansible作業実行 2 件、パラメータシート作成 1 件、ほか");
  });
});

describe("what an act says", () => {
  const dialog = () => screen.getByTestId("procedure-act").textContent;

  test("a start that goes on by itself promises no question", async () => {
    const { user } = await openApp("state=staging&lang=ja");
    await user.click(screen.getByTestId("procedure-start"));
    expect(dialog()).toContain("あなたが確認するまで行いません");
    await user.click(screen.getByTestId("start-go-on"));
    expect(dialog()).not.toContain("あなたが確認するまで行いません");
    for (const words of ["確認を求めずに読み取り専用にします", "残ったものの操作はできなくなります"])
      expect(dialog()).toContain(words);
  });

  test("a planned start that is had now is not sent again, and says what follows", async () => {
    const { user } = await openApp("state=procedure-scheduled&lang=en");
    await user.click(screen.getByTestId("procedure-start-sooner"));
    expect(dialog()).toContain("Job stop is switched on now and read back.");
    expect(dialog()).toContain("read-only is switched on without asking again");
    expect(dialog()).not.toContain("again and read back");
  });

  test.each([
    ["202001022230", "始める日時が過ぎています。これからの日時を指定してください。"],
    ["{ArrowRight}{Backspace}{Backspace}", "始める日時を最後まで入力してください。"],
  ])("a start at %j cannot be planned, and the button says why", async (typed, why) => {
    const { user } = await openApp("state=staging&lang=ja");
    await user.click(screen.getByTestId("procedure-start"));
    await user.click(screen.getByTestId("start-later"));
    const confirm = screen.getByTestId<HTMLButtonElement>("confirm");
    expect(confirm.disabled).toBe(false);
    await typeDateTime(user, screen.getByTestId("start-at"), typed);
    expect([confirm.disabled, confirm.title]).toEqual([true, why]);
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId("start-now"));
    expect(confirm.disabled).toBe(false);
  });

  test("no wait is begun that would have ended before", async () => {
    const { user } = await openApp("state=staging&lang=ja");
    await user.click(screen.getByTestId("procedure-start"));
    await typeDateTime(user, screen.getByTestId("start-give-up"), "202001022230");
    const confirm = screen.getByTestId<HTMLButtonElement>("confirm");
    expect([confirm.disabled, screen.getByTestId("start-problem").textContent]).toEqual([true, confirm.title]);
    expect(confirm.title).toContain("すでに過ぎています");
  });

  test.each([
    [true, "ジョブ停止は ON のままです。"],
    [false, "新しいジョブも始まります"],
  ])("read-only off says what job stop reads: %s", async (isStopped, words) => {
    const { backend, user } = await openApp("state=procedure-frozen&lang=ja");
    backend.world.flags = { job_stop: isStopped, read_only: true };
    act(() => backend.poll());
    await user.click(button("読み取り専用を解除する…") as HTMLElement);
    expect(dialog()).toContain(words);
  });
});

describe("the way back", () => {
  test("says what job stop reads before read-only goes off", async () => {
    const { backend, user } = await openApp("state=procedure-work&lang=ja");
    backend.world.flags = { job_stop: false, read_only: true };
    act(() => backend.poll());
    await user.click(screen.getByTestId("procedure-end-work"));
    expect(screen.getByTestId("procedure-act").textContent).toContain(
      "ジョブ停止は OFF です。新しいジョブも始まります。",
    );
  });
});

describe("what remains", () => {
  test("stands under what is to be done, each sentence once, and no row of seconds as unchanged", async () => {
    const { user } = await openApp("state=procedure-drain&lang=ja");
    await user.click(screen.getByTestId("procedure-show-remaining"));
    const rows = screen.getAllByRole("row").map(({ textContent }) => textContent);
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.filter((row) => row?.startsWith("次にすること："))).toHaveLength(6);
    expect(rows.find((row) => row?.includes("965dfd15"))).toMatch(/停滞 41 分間変化なし$/);
    expect(
      rows.find((row) => row?.includes("f3d52038")),
      "38 seconds",
    ).not.toContain("変化なし");
    expect(
      rows.find((row) => row?.includes("da1ac029")),
      "it moves",
    ).toMatch(/進行中 $/);
  });

  test("a text for an owner says that it is cut", async () => {
    const { backend, user } = await openApp("state=procedure-drain&lang=ja");
    change(backend, { remaining_total: 250 });
    await user.click(screen.getByTestId("procedure-show-remaining"));
    expect(screen.getByTestId("procedure-remaining-dialog").textContent).toContain("先頭 100 件の分だけです");
    await user.click(screen.getByRole("button", { name: "infra / network の文面をコピー" }));
    expect(await navigator.clipboard.readText()).toContain("ほかにもあります（一覧は先頭 100 件）。");
  });

  test("no running conductor has a reservation to cancel, and a paused one can be stopped", async () => {
    const { user } = await openApp("state=procedure-drained&lang=ja");
    await user.click(screen.getByTestId("procedure-read-only"));
    const dialog = screen.getByTestId("procedure-act").textContent;
    expect(dialog).toContain("できなくなること：一時停止の解除、緊急停止");
    expect(dialog).not.toContain("予約の取消");
  });
});
