import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { problem } from "../../ipc";
import { developmentConnection, type FakeBackend, stagingConnection } from "../../ipc/fake";
import { violations } from "../../testing/axe";
import { button, choose, isHeld, openLevels, outcome, row } from "../../testing/levels";

const ADMIN = "ita-api-admin";

/** One level wanted and applied, with what the platform does then. */
async function applied(lang: string, prepare: (backend: FakeBackend) => void) {
  const opened = await openLevels(`state=development&lang=${lang}`);
  await screen.findByTestId(`log-level-${ADMIN}`);
  await choose(opened.user, ADMIN, "debug");
  prepare(opened.backend);
  await opened.user.click(button("apply"));
  return { ...opened, told: await outcome() };
}

const cases: readonly [string, (backend: FakeBackend) => void, ja: string[], en: string[]][] = [
  [
    "unknown: the answer is lost",
    ({ levels }) => {
      levels.writeFailure = { problem: problem("timed_out"), outcome: "unknown" };
    },
    ["結果不明：", "自動では再送しません。", `${ADMIN}→ DEBUG（`, "の値：INFO）", "時間内に応答がありません。"],
    ["Outcome unknown:", "Nothing is sent again by itself.", `${ADMIN}→ DEBUG (at `, ": INFO)"],
  ],
  [
    "unknown: the service is gone from the read-back",
    ({ levels }) => {
      levels.comesTo = () => undefined;
    },
    ["結果不明：", `${ADMIN}→ DEBUG（`, "の値：応答になし）"],
    ["Outcome unknown:", `${ADMIN}→ DEBUG (at `, ": not in the answer)"],
  ],
  [
    "without effect: a third value is read back",
    ({ levels }) => {
      levels.comesTo = () => null;
    },
    ["受け付けられましたが、読み戻した値が一致しません。", "の値：null）"],
    ["Accepted, but what was read back does not agree.", ": null)"],
  ],
  [
    "refused",
    ({ levels }) => {
      levels.writeFailure = { problem: problem("refused_read_only", { status: 498 }), outcome: "refused" };
    },
    ["ログレベルは変更されませんでした。", "自動では再送しません。", ADMIN],
    ["The log levels were not changed.", "Nothing is sent again by itself.", ADMIN],
  ],
  [
    "not sent: nothing left this workstation",
    ({ levels }) => {
      levels.writeFailure = { problem: problem("unreachable"), outcome: "not_sent" };
    },
    ["何も変更していません。", "自動では再送しません。"],
    ["Nothing was changed.", "Nothing is sent again by itself."],
  ],
  [
    "not sent: nothing could be read before",
    ({ levels }) => {
      levels.readProblem = problem("timed_out");
    },
    ["何も変更していません。", "自動では再送しません。"],
    ["Nothing was changed.", "Nothing is sent again by itself."],
  ],
  [
    "already",
    ({ levels }) => levels.set(ADMIN, "DEBUG"),
    ["変更は不要でした。", "何も送信していません。"],
    ["No change was needed", "Nothing was sent."],
  ],
  [
    "rejected by a defect",
    (backend) => backend.failNext("change_log_levels", problem("internal")),
    ["結果不明：", "自動では再送しません。"],
    ["Outcome unknown:", "Nothing is sent again by itself."],
  ],
];

describe("how a change of log levels ended", () => {
  test.each(cases)("%s", async (_what, prepare, ja, en) => {
    for (const [lang, texts] of [["ja", ja] as const, ["en", en] as const]) {
      const { told, unmount } = await applied(lang, prepare);
      for (const text of texts) expect(told.textContent).toContain(text);
      for (const promise of ["自動で再試行", "自動で再開", "tried again automatically", "resumes by itself"])
        expect(told.textContent, "nothing is ever sent again").not.toContain(promise);
      if (lang === "ja") expect(await violations()).toEqual([]);
      unmount();
    }
  });

  test("changed elsewhere: tells it, sends nothing, and shows what is", async () => {
    const { backend, told, user } = await applied("ja", ({ levels }) => levels.set(ADMIN, "WARN"));
    expect(told.textContent).toMatch(/ita-api-admin→ DEBUG（.+ の値：WARN）/);
    expect(screen.queryByTestId("log-levels-elsewhere"), "once is enough").toBeNull();
    expect(backend.levels.platform.get(ADMIN), "not overwritten").toBe("WARN");
    expect(row(ADMIN).textContent).toContain("未適用（いま WARN）");
    backend.levels.writeFailure = { problem: problem("unreachable"), outcome: "not_sent" };
    await user.click(button("apply"));
    await waitFor(() =>
      expect(screen.getByTestId("log-levels-outcome").textContent).toContain("何も変更していません。"),
    );
    expect(row(ADMIN).textContent, "it was seen with the outcome that told it").not.toContain("別の場所で変更");
    expect(backend.calls.filter(({ name }) => name === "change_log_levels").at(-1)?.args).toMatchObject({
      changes: [{ service: ADMIN, from: "WARN", to: "DEBUG" }],
    });
  });

  test("never calls done what the read-back denies", async () => {
    const { backend } = await applied("ja", ({ levels }) => {
      levels.comesTo = ({ from }) => from;
    });
    expect(row(ADMIN).textContent).toContain("読み戻し不一致");
    expect(isHeld("apply"), "it is still wanted").toBe(false);
    await waitFor(() => expect(screen.getByTestId("journal").textContent).toContain("（読み戻し：INFO）"));
    expect(backend.levels.platform.get(ADMIN)).toBe("INFO");
  });

  test("nothing is called done beside what is not applied, and a line says no more how it came once it is read again", async () => {
    const { user } = await applied("ja", () => {});
    expect(row(ADMIN).textContent).toContain("変更済み");
    await choose(user, ADMIN, "info");
    expect(row(ADMIN).textContent).toContain("未適用（いま DEBUG）");
    expect(row(ADMIN).textContent).not.toContain("変更済み");
    await user.click(button("discard"));
    expect(row(ADMIN).textContent).toContain("変更済み");
    await user.click(screen.getByTestId("log-levels-refresh"));
    await waitFor(() => expect(row(ADMIN).textContent).not.toContain("変更済み"));
  });

  test("what was done leaves by itself, however often the window is drawn meanwhile", async () => {
    const { backend } = await applied("ja", () => {});
    const timers = vi.spyOn(globalThis, "setTimeout");
    act(() => backend.setLive({ notices: [{ kind: "poll_broke", id: 1, at: backend.now() }] }));
    act(() => backend.poll());
    expect(
      timers.mock.calls.filter(([, delay]) => delay === 30_000),
      "its time is not begun again",
    ).toEqual([]);
    timers.mockRestore();
  });

  test("of a connection that was left meanwhile it is told when it is come back to", async () => {
    const { backend, user } = await openLevels("state=development&lang=ja");
    await screen.findByTestId(`log-level-${ADMIN}`);
    await choose(user, ADMIN, "debug");
    backend.answer("change_log_levels", ({ changes }) => ({
      services: changes.map((change) => ({ ...change, outcome: "unknown", read: { reading: "unread" } })),
      problem: problem("timed_out"),
      levels: backend.levels.read,
    }));
    const release = backend.hold("change_log_levels");
    await user.click(button("apply"));
    act(() => backend.open(stagingConnection));
    release();
    await user.click(screen.getByTestId("page-log-levels"));
    await screen.findByTestId(`log-level-${ADMIN}`);
    expect(screen.queryByTestId("log-levels-outcome"), "not of this one").toBeNull();
    act(() => backend.open(developmentConnection));
    await user.click(screen.getByTestId("page-log-levels"));
    expect((await outcome()).textContent).toContain("結果不明：");
  });
});
