import { screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { ProcedureAct } from "../../generated/ProcedureAct";
import type { FakeBackend } from "../../ipc/fake";
import { openApp } from "../../testing/app";
import { violations } from "../../testing/axe";
import { typeDateTime } from "../../testing/dateTime";

function sentAct(backend: FakeBackend): ProcedureAct | undefined {
  const call = backend.calls.findLast(({ name }) => name === "procedure_act");
  return (call?.args as { act: ProcedureAct } | undefined)?.act;
}

const dialog = () => screen.getByTestId("procedure-act");

describe("the start", () => {
  test.each(["ja", "en"])("asks when, and can be planned for later (%s)", async (lang) => {
    const { backend, user } = await openApp(`state=staging&lang=${lang}`);
    await user.click(screen.getByTestId("procedure-start"));
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId("start-later"));
    expect(dialog().textContent).toContain(lang === "ja" ? "取り消して知らせます" : "it is cancelled and you are told");
    await typeDateTime(user, screen.getByTestId("start-at"), "203101022230");
    await user.click(screen.getByTestId("start-go-on"));
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId("confirm"));
    const expected = new Date(2031, 0, 2, 22, 30).getTime();
    expect(sentAct(backend)).toMatchObject({ act: "start", options: { start_at: expected, go_on_by_itself: true } });
    const stands = screen.getByTestId("procedure");
    expect(stands.dataset.phase).toBe("scheduled");
    expect(backend.world.flags.job_stop, "nothing is sent yet").toBe(false);
  });

  test.each([false, true])("says at once that a mode which is on would cancel a planned one (%s)", async (isOn) => {
    const { backend, user } = await openApp("state=staging&lang=ja");
    backend.world.flags.job_stop = isOn;
    backend.poll();
    await user.click(screen.getByTestId("procedure-start"));
    expect(within(dialog()).queryByText(/いま ON のモードがあります/), "begun now it does no harm").toBeNull();
    await user.click(screen.getByTestId("start-later"));
    expect(within(dialog()).queryByText(/いま ON のモードがあります/) !== null).toBe(isOn);
    expect(await violations()).toEqual([]);
  });

  test("says how long it takes until then, and can be given up without a trace", async () => {
    const { backend, user } = await openApp("state=procedure-scheduled&lang=ja");
    const card = within(screen.getByTestId("procedure"));
    expect(card.getByText(/開始まで \d:\d\d:\d\d/)).toBeTruthy();
    await user.click(card.getByRole("button", { name: "予約を取り消す…" }));
    await user.click(screen.getByTestId("confirm"));
    expect(backend.live.procedure?.phase).toBe("not_started");
    expect(screen.getByTestId("procedure-start")).toBeTruthy();
  });

  test("keeps what is chosen while the plan behind it is renewed", async () => {
    const { backend, user } = await openApp("state=staging&lang=ja");
    await user.click(screen.getByTestId("procedure-start"));
    await typeDateTime(user, screen.getByTestId("start-end"), "203101030600");
    backend.poll();
    await user.click(screen.getByTestId("confirm"));
    const planned_end = new Date(2031, 0, 3, 6, 0).getTime();
    expect(sentAct(backend)).toMatchObject({ options: { start_at: null, planned_end, settle_minutes: 90 } });
  });
});

test("a new start says that the evidence of the last procedure was not written", async () => {
  const { user } = await openApp("state=procedure-finished&lang=ja");
  await user.click(screen.getByTestId("procedure-start"));
  expect(screen.getByTestId("loses-evidence").textContent).toContain("作業記録は、まだ出力していません。");
  expect(await violations()).toEqual([]);
});
