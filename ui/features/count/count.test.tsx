import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { problem } from "../../ipc";
import { FakeBackend, productionConnection } from "../../ipc/fake";
import { renderWith } from "../../testing/render";
import { CountCard } from ".";

afterEach(() => {
  vi.useRealTimers();
});

async function open() {
  const backend = new FakeBackend();
  backend.open(productionConnection);
  await renderWith(<CountCard />, backend);
  return backend;
}

const card = () => screen.getByTestId("running-count").dataset;

test("a known count is its figure, with conductors apart", async () => {
  await open();
  expect(card()).toMatchObject({ state: "known", value: "3" });
  expect(screen.getByText("＋Conductor 2 件（対象外）")).toBeTruthy();
});

test("a failed refresh keeps the count and marks it", async () => {
  const backend = await open();
  backend.pollProblem = problem("timed_out");
  backend.poll();
  await waitFor(() => expect(card()).toMatchObject({ state: "stale", value: "3" }));
  expect(screen.getByText("3"), "the figure stays in sight").toBeTruthy();
});

test("an error in disguise is unknown and never zero, with the last value beside it", async () => {
  const backend = await open();
  backend.pollProblem = problem("error_in_disguise");
  backend.poll();
  await waitFor(() => expect(card().state).toBe("unknown"));
  expect(screen.getByText("不明")).toBeTruthy();
  expect(screen.getByText("最後に分かった値 3 件")).toBeTruthy();
  expect(screen.queryByText("0"), "no zero anywhere").toBeNull();
});

test("before the first answer there is no figure at all", async () => {
  const backend = new FakeBackend();
  await renderWith(<CountCard />, backend);
  expect(card()).toMatchObject({ state: "unknown", value: "" });
});

test("the figure that the core decides by is shown, whatever the parts say", async () => {
  const backend = await open();
  const { running } = backend.live;
  if (running.state !== "known") throw new Error("the first poll succeeds");
  backend.setLive({ running: { ...running, value: { ...running.value, reported: 0, counted: 3, deciding: 7 } } });
  await waitFor(() => expect(card().value).toBe("7"));
});

test.each([
  ["behind", -40],
  ["ahead of", 40],
])("a workstation whose clock is %s the platform's does not change the age of a job", async (_name, minutes) => {
  const backend = await open();
  const { running } = backend.live;
  if (running.state !== "known") throw new Error("the first poll succeeds");
  const platform_time = running.at - minutes * 60_000;
  const value = { ...running.value, platform_time, oldest_update: platform_time - 41 * 60_000 };
  act(() => backend.setLive({ running: { ...running, value } }));
  expect(screen.getByText("最古の更新 41 分前")).toBeTruthy();
});

test("a known count carries its age, and the age ticks", async () => {
  vi.useFakeTimers();
  await open();
  expect(screen.getByText("0 秒前").closest(".count-figure")).toBeTruthy();
  act(() => vi.advanceTimersByTime(7000));
  expect(screen.getByText("7 秒前").closest(".count-figure")).toBeTruthy();
});

test("what stands beside an old count says of when it is", async () => {
  const backend = await open();
  expect(screen.getByTestId("count-beside").title).toBe("");
  backend.pollProblem = problem("timed_out");
  act(() => backend.poll());
  expect(screen.getByTestId("count-beside").title).toContain("時点");
});

test.each([
  [{ basis: "unproven" }, "タイムゾーン未確認"],
  [{ basis: "bounded", at_least_minutes: 540 }, "タイムゾーン未確認"],
  [{ basis: "given", name: "Asia/Tokyo" }, "最古の更新は不明"],
] as const)("without the time of the oldest job it says why: %o", async (zone, words) => {
  const backend = await open();
  const { running } = backend.live;
  if (running.state !== "known") throw new Error("the first poll succeeds");
  act(() => backend.setLive({ zone, running: { ...running, value: { ...running.value, oldest_update: null } } }));
  expect(screen.getByText(words)).toBeTruthy();
});

test("an old count of another day says of which", async () => {
  const backend = await open();
  const { running } = backend.live;
  if (running.state !== "known") throw new Error("the first poll succeeds");
  const at = Date.now() - 3 * 86_400_000;
  act(() => backend.setLive({ running: { ...running, state: "stale", at, since: at, problem: problem("timed_out") } }));
  expect(screen.getByText(/^\d\d\/\d\d \d\d:\d\d:\d\d 時点$/)).toBeTruthy();
});
