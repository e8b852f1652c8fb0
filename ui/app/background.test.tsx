import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { BackgroundProcedure } from "../generated/BackgroundProcedure";
import type { QuitReason } from "../generated/QuitReason";
import type { FakeBackend } from "../ipc/fake";
import { openApp } from "../testing/app";
import { violations } from "../testing/axe";

function draining(backend: FakeBackend, change: Partial<BackgroundProcedure> = {}): BackgroundProcedure {
  const other = backend.connections[1];
  if (!other) throw new Error("the fake has two saved connections");
  return {
    connection: other.id,
    name: other.name,
    environment: other.environment,
    title: { phase: "draining", holding: 12, since: null },
    automation: { state: "armed" },
    keeps_awake: true,
    notices: [],
    stopped: null,
    lost_since: null,
    ...change,
  };
}

describe("procedures of other connections", () => {
  test("are not mentioned where there are none", async () => {
    await openApp("state=production&lang=ja");
    expect(screen.queryByTestId("background")).toBeNull();
  });

  test.each([
    ["ja", "検証 検証ITA： 終了待ち（残り 12 件）", "自動で進みます"],
    ["en", "Staging 検証ITA: waiting, 12 left", "goes on by itself"],
  ])("are shown with where they stand, and a click goes there (%s)", async (lang, count, armed) => {
    const { backend, user } = await openApp(`state=production&lang=${lang}`, (fake) =>
      fake.setBackground([draining(fake)]),
    );
    const badge = within(screen.getByTestId("background")).getByRole("button");
    expect(badge.textContent).toContain(count);
    expect(badge.textContent).toContain(armed);
    expect(await violations()).toEqual([]);
    await user.click(badge);
    const call = backend.calls.find(({ name }) => name === "connect");
    expect(call?.args, "the same session goes on: no password is asked for").toEqual({
      id: backend.connections[1]?.id,
      password: null,
    });
  });

  test("call for attention when something is wrong, and say what stopped them", async () => {
    const { backend } = await openApp("state=production&lang=ja");
    const news = { kind: "new_after_stop", stopped_at: 0 } as const;
    act(() => backend.setBackground([draining(backend, { notices: [{ kind: "procedure", id: 1, at: 0, news }] })]));
    expect(screen.getByTestId("background").textContent).toContain("要確認 1 件");
    const notices: BackgroundProcedure["notices"] = [
      { kind: "procedure", id: 1, at: 0, news: { kind: "quiet", since: 0 } },
    ];
    act(() => backend.setBackground([draining(backend, { notices, title: { phase: "work", holding: 0, since: 0 } })]));
    expect(screen.getByTestId("background").textContent).not.toContain("要確認");
    expect(screen.getByTestId("background").textContent).toContain("作業中");
    act(() => backend.setBackground([]));
    expect(screen.queryByTestId("background")).toBeNull();
  });
});

describe("quitting", () => {
  const reason: QuitReason = {
    connection: "a",
    name: "基幹ITA（東京）",
    environment: "production",
    automation: true,
    read_only: true,
    job_stop: true,
  };

  test.each([
    ["ja", "自動をやめて終了する", "読み取り専用とジョブ停止が ON です"],
    ["en", "Stop the automation and quit", "Read-only and job stop are ON."],
  ])("asks with what would stop and what would stay (%s)", async (lang, button, stays) => {
    const { backend } = await openApp(`state=production&lang=${lang}`);
    act(() => backend.emit("quit_asked", [reason]));
    const dialog = screen.getByTestId("quit-dialog");
    expect(dialog.textContent).toContain(stays);
    expect(screen.getByTestId("quit-now").textContent).toContain(button);
    expect(await violations()).toEqual([]);
  });

  test.each([
    ["quit-stay", "stay"],
    ["quit-minimise", "minimise"],
    ["quit-now", "quit"],
  ])("%s answers %s", async (button, answer) => {
    const { backend, user } = await openApp("state=production&lang=ja");
    act(() => backend.emit("quit_asked", [{ ...reason, automation: false }]));
    await user.click(screen.getByTestId(button));
    expect(backend.calls.at(-1)).toEqual({ name: "answer_quit", args: { answer } });
    await waitFor(() => expect(screen.queryByTestId("quit-dialog")).toBeNull());
  });

  test("by Escape means to stay", async () => {
    const { backend, user } = await openApp("state=production&lang=ja");
    act(() => backend.emit("quit_asked", [reason]));
    await user.keyboard("{Escape}");
    expect(backend.calls.at(-1)).toEqual({ name: "answer_quit", args: { answer: "stay" } });
  });
});
