import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { Live } from "../generated/Live";
import { problem } from "../ipc";
import { closedLive, productionConnection, stagingConnection } from "../ipc/fake";
import { openApp } from "../testing/app";

const bar = () => screen.getByTestId("connection-bar").textContent ?? "";

async function openWith(change: Partial<Live>) {
  const { backend } = await openApp("state=closed&lang=ja");
  backend.setLive({ ...closedLive, generation: 1, phase: { phase: "opening" }, ...change });
  await screen.findByText(change.connection?.address ?? "");
}

test("plain http keeps its mark for as long as the connection is open", async () => {
  await openWith({ connection: stagingConnection, is_plain: true });
  expect(bar()).toContain("暗号化なし");
  expect(bar(), "nothing stands between").not.toContain("プロキシー経由");
});

test.each<[Live["proxy"], string]>([
  [{ kind: "given", url: "http://proxy.example.co.jp:3128" }, "http://proxy.example.co.jp:3128"],
  [{ kind: "system" }, "システムのプロキシー設定"],
])("a proxy that requests go through is shown: %o", async (proxy, words) => {
  await openWith({ connection: productionConnection, proxy });
  expect(screen.getByText("プロキシー経由").title).toContain(words);
});

test("a fallback to Basic is said, with its cause", async () => {
  const fallback = problem("not_the_api", { status: 404 });
  await openWith({ connection: productionConnection, login: { way: "basic", fallback } });
  expect(screen.getByText("Basic ログイン").title).toContain("Exastro の API の応答ではありません。");
});

describe("how fresh it is", () => {
  const freshness = () => screen.getByTestId("freshness").textContent;
  const unread = { state: "unknown", problem: null } as const;

  test("a list that was not asked for yet is being read, and nothing has failed", async () => {
    const { backend } = await openApp("state=production&lang=ja");
    act(() => backend.setLive({ running: unread }));
    expect(freshness()).toBe("読み取り中…");
  });

  test("a part that was never known has no time of the others", async () => {
    const { backend } = await openApp("state=production&lang=ja");
    const read_only = { state: "unknown", problem: problem("flag_missing") } as const;
    act(() => backend.setLive({ modes: { ...backend.live.modes, read_only } }));
    expect(freshness()).toBe("一部の状態が不明です");
  });

  test("what fails since another day says since which", async () => {
    const { backend } = await openApp("state=production&lang=ja");
    const at = Date.now() - 3 * 86_400_000;
    const { modes } = backend.live;
    const job_stop = { state: "stale", value: true, at, since: at, problem: problem("timed_out") } as const;
    act(() => backend.setLive({ modes: { ...modes, job_stop } }));
    expect(freshness()).toMatch(/^\d\d\/\d\d \d\d:\d\d:\d\d から更新できていません$/);
  });

  test.each([
    ["token", 29, true],
    ["token", 10, false],
    ["basic", 30, false],
    ["basic", 31, true],
  ] as const)("under %s a poll every %i s is longer than usual: %s", async (way, poll_seconds, isLonger) => {
    const { backend } = await openApp("state=production&lang=ja");
    const connection = { ...productionConnection, poll_seconds: null };
    act(() => backend.setLive({ connection, login: { way, fallback: null }, poll_seconds }));
    await waitFor(() => expect(freshness()?.includes("延長中")).toBe(isLonger));
  });
});
