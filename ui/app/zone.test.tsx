import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../testing/app";
import { layOut } from "../testing/layout";

test.each([
  ["ja", "タイムゾーンを指定"],
  ["en", "Set the time zone"],
])("one click asks in which zone the platform runs (%s)", async (language, words) => {
  layOut();
  const { user, backend } = await openApp(`state=zoneless&lang=${language}`);
  await user.click(await screen.findByRole("button", { name: words }));
  await screen.findByTestId("connection-form");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("connection-zone")));

  await user.click(screen.getByTestId("connection-own-zone"));
  await user.click(screen.getByTestId("connection-save"));
  await waitFor(() => expect(backend.calls.map(({ name }) => name)).toContain("save_connection"));
  await waitFor(() => expect(screen.queryByTestId("connection-form")).toBeNull());
});

test("a zone that was set and does not fit is said, with the way to set another", async () => {
  layOut();
  const { user, backend } = await openApp("state=zoneless&lang=ja");
  act(() => backend.setLive({ zone: { basis: "contradicted", name: "UTC" } }));
  expect(await screen.findByText("時刻は表記のまま（指定の UTC と合いません）")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "タイムゾーンを指定" }));
  await screen.findByTestId("connection-zone");
});

test("practice does not ask: it is not among the connections that can be edited", async () => {
  layOut();
  const { backend } = await openApp("state=practice&lang=ja");
  act(() => backend.setLive({ zone: { basis: "unproven" } }));
  expect(await screen.findByText("時刻は表記のまま（タイムゾーン未確認）")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "タイムゾーンを指定" })).toBeNull();
});
