import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SwitchOutcome } from "../../generated/SwitchOutcome";
import { problem } from "../../ipc";
import { renderWith } from "../../testing/render";
import { SwitchOutcomeAlert } from ".";

const done: SwitchOutcome = { outcome: "done", read_back: { job_stop: true, read_only: false } };
const LONG = 31_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

async function open(outcome: SwitchOutcome) {
  const onDismiss = vi.fn();
  await renderWith(
    <SwitchOutcomeAlert finished={{ mode: "job_stop", on: true, outcome, at: 0 }} onDismiss={onDismiss} />,
  );
  return { onDismiss, alert: screen.getByTestId("switch-outcome") };
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds));

test("a confirmed switch needs no answer: its message leaves after half a minute", async () => {
  const { onDismiss } = await open(done);
  pass(29_000);
  expect(onDismiss).not.toHaveBeenCalled();
  pass(2000);
  expect(onDismiss).toHaveBeenCalledOnce();
});

test("it stays while it is pointed at, and leaves half a minute later", async () => {
  const { onDismiss, alert } = await open(done);
  fireEvent.pointerEnter(alert);
  pass(LONG * 3);
  expect(onDismiss, "somebody reads it").not.toHaveBeenCalled();
  fireEvent.pointerLeave(alert);
  pass(LONG);
  expect(onDismiss).toHaveBeenCalledOnce();
});

test("it stays while the focus is in it", async () => {
  const { onDismiss } = await open(done);
  const close = screen.getByRole("button");
  act(() => close.focus());
  pass(LONG * 3);
  expect(onDismiss).not.toHaveBeenCalled();
  act(() => close.blur());
  pass(LONG);
  expect(onDismiss).toHaveBeenCalledOnce();
});

test.each<SwitchOutcome>([
  { outcome: "refused", problem: problem("refused_by_platform") },
  { outcome: "without_effect", read_back: { job_stop: false, read_only: false } },
  { outcome: "unknown", problem: problem("timed_out") },
])("$outcome stays until somebody has seen it", async (outcome) => {
  const { onDismiss } = await open(outcome);
  pass(LONG * 100);
  expect(onDismiss).not.toHaveBeenCalled();
});

test("a defect on the way to the outcome claims nothing about the platform", async () => {
  const { alert } = await open({ outcome: "unknown", problem: problem("internal") });
  expect(alert.textContent).toContain("何か送ったかどうかは、読み直した状態で確かめてください。");
});
