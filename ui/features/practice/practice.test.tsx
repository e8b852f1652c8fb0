import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { ja } from "../../i18n/ja";
import { openApp } from "../../testing/app";
import { violations } from "../../testing/axe";

async function choose(query: string) {
  const app = await openApp(query);
  await app.user.click(screen.getByTestId("connection-menu"));
  await app.user.click(await screen.findByTestId("menu-practice"));
  await screen.findByTestId("practice-dialog");
  return app;
}

test("an exercise is started with its speed, and its name stands in the bar", async () => {
  const { user, backend } = await choose("state=practice&lang=ja");
  await user.click(screen.getByTestId("exercise-stuck-job"));
  await user.click(screen.getByTestId("practice-speed-60"));
  await user.click(screen.getByTestId("practice-start"));
  expect(backend.calls.findLast((call) => call.name === "connect_practice")?.args).toEqual({
    exercise: { scenario: "stuck-job", speed: 60 },
  });
  const title = ja.practice.exercises["stuck-job"].title;
  expect(await within(screen.getByTestId("connection-bar")).findByText(title)).toBeTruthy();
});

test("the exercise of last time is chosen, and each says what there is to learn", async () => {
  await choose("state=practice&lang=ja");
  const exercises = within(screen.getByTestId("practice-dialog")).getAllByTestId(/^exercise-/);
  expect(exercises.length).toBe(Object.keys(ja.practice.exercises).length);
  expect(within(screen.getByTestId("exercise-ordinary-night")).getByRole<HTMLInputElement>("radio").checked).toBe(true);
  for (const exercise of exercises) expect(exercise.textContent, "what to learn").toContain(ja.practice.learn);
});

test("can be read by everybody", async () => {
  await choose("state=practice&lang=en");
  expect(await violations()).toEqual([]);
});
