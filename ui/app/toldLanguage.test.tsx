import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../testing/app";

test("the shell learns in which language the window speaks, at the start and at every change", async () => {
  const { backend, user } = await openApp("state=practice&lang=ja");
  const told = () => backend.calls.filter(({ name }) => name === "window_language").map(({ args }) => args);
  await waitFor(() => expect(told()).toEqual([{ language: "ja" }]));
  await user.click(screen.getByTestId("settings"));
  await user.selectOptions(screen.getByTestId("language"), "en");
  await waitFor(() => expect(told()).toEqual([{ language: "ja" }, { language: "en" }]));
});
