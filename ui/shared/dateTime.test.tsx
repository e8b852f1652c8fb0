import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import type { Language } from "../generated/Language";
import type { Timestamp } from "../generated/Timestamp";
import { FakeBackend } from "../ipc/fake";
import { violations } from "../testing/axe";
import { typeDateTime } from "../testing/dateTime";
import { renderWith } from "../testing/render";
import { DateTimeField } from ".";

const at = new Date(2026, 10, 26, 2, 0).getTime();

interface HeldProps {
  first: Timestamp | null;
  chosen: (at: Timestamp | null) => void;
  unfinished: (isUnfinished: boolean) => void;
}

function Held({ first, chosen, unfinished }: HeldProps) {
  const [at, setAt] = useState(first);
  const choose = (value: Timestamp | null) => {
    chosen(value);
    setAt(value);
  };
  return (
    <main>
      <h1>test</h1>
      <DateTimeField label="終了" at={at} onChange={choose} onUnfinished={unfinished} testId="field" />
    </main>
  );
}

async function open(first: Timestamp | null, language: Language = "ja") {
  const chosen = vi.fn<(at: Timestamp | null) => void>();
  const unfinished = vi.fn<(isUnfinished: boolean) => void>();
  await renderWith(<Held first={first} chosen={chosen} unfinished={unfinished} />, new FakeBackend(), language);
  return { user: userEvent.setup(), chosen, unfinished };
}

const field = () => screen.getByTestId("field");
/** Without the marks that keep the time from being turned round. */
const shown = () =>
  field()
    .querySelector(".date-time-parts")
    ?.textContent.replace(/[\u2066-\u2069]/g, "");

test.each([
  ["ja", "2026/11/26 02:00"],
  ["en", "2026-11-26 02:00"],
] as const)("a time is written so that it cannot be misread (%s)", async (language, words) => {
  await open(at, language);
  expect(shown()).toBe(words);
  expect(await violations()).toEqual([]);
});

test.each([
  ["ja", "指定なし"],
  ["en", "None"],
] as const)("an empty field looks empty and says so (%s)", async (language, words) => {
  await open(null, language);
  expect(shown(), "no made-up value").not.toMatch(/\d/);
  expect(field().textContent).toContain(words);
  expect(within(field()).queryByRole("button"), "nothing to clear").toBeNull();
});

test("what is typed counts once it is whole", async () => {
  const { user, chosen, unfinished } = await open(null);
  await typeDateTime(user, field(), "20310102");
  expect(chosen, "a day without a time").not.toHaveBeenCalled();
  expect(unfinished).toHaveBeenLastCalledWith(true);
  expect(field().textContent).toContain("途中の値は使いません");
  await user.keyboard("2230");
  expect(chosen).toHaveBeenLastCalledWith(new Date(2031, 0, 2, 22, 30).getTime());
  expect(unfinished).toHaveBeenLastCalledWith(false);
  expect(field().textContent).not.toContain("途中の値は使いません");
});

test("a chosen time can be taken back, and what is half entered too", async () => {
  const { user, chosen, unfinished } = await open(at);
  await user.click(within(field()).getByRole("button", { name: "空欄にする" }));
  expect(chosen).toHaveBeenLastCalledWith(null);
  expect(field().textContent).toContain("指定なし");
  await typeDateTime(user, field(), "2031");
  expect(unfinished).toHaveBeenLastCalledWith(true);
  await user.click(within(field()).getByRole("button", { name: "空欄にする" }));
  expect(unfinished).toHaveBeenLastCalledWith(false);
  expect(shown()).not.toMatch(/\d/);
});

test("a year of two digits is no year yet, and chooses nothing", async () => {
  const { user, chosen, unfinished } = await open(null);
  await typeDateTime(user, field(), "0026");
  await user.keyboard("11260200");
  expect(chosen).not.toHaveBeenCalled();
  expect(unfinished).toHaveBeenLastCalledWith(true);
});
