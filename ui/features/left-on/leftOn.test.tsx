import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { stagingConnection } from "../../ipc/fake";
import { openApp } from "../../testing/app";
import { violations } from "../../testing/axe";

const alerts = () => screen.queryAllByTestId("left-on");

test("one calm alert a connection says which mode, since when and how sure that is", async () => {
  await openApp("state=left-on&lang=ja");
  const [production, staging] = alerts();
  expect(alerts(), "two modes of one connection are one alert").toHaveLength(2);
  expect(staging?.textContent).toContain("検証ITA：読み取り専用モードが ON のままかもしれません（3 日前から）。");
  expect(staging?.textContent).toContain(
    "サーバーサイドジョブ停止が ON のままかもしれません（少なくとも 2 日前から）。",
  );
  expect(staging?.textContent).toMatch(/最後の切り替え .+（記録）・ON を最後に確認 .+/);
  expect(production?.textContent, "an off that may be a lie is not told as off").toContain("OFF に変わりました");
  expect(production?.textContent).toContain("接続を開いて確かめてください");
  for (const alert of alerts()) expect(alert.getAttribute("role"), "nothing burns").toBe("status");
  expect(await violations()).toEqual([]);
});

test("in English, too", async () => {
  await openApp("state=left-on&lang=en");
  expect(alerts()[1]?.textContent).toContain("検証ITA: Read-only mode may still be ON (switched 3 d ago).");
  expect(alerts()[1]?.textContent).toContain("Server-side job stop may still be ON (since at least 2 d ago).");
});

test("what was first seen just now claims no duration", async () => {
  const { backend } = await openApp("state=practice&lang=ja");
  const now = backend.now();
  act(() =>
    backend.setLeftOn({
      modes: [
        {
          connection: stagingConnection.id,
          mode: "read_only",
          since: { kind: "at_least", at: now },
          seen_at: now,
          doubtful_since: null,
        },
      ],
      unchecked: [],
      checked_at: now,
    }),
  );
  await waitFor(() => expect(alerts()).toHaveLength(1));
  expect(alerts()[0]?.textContent).toContain("読み取り専用モードが ON のままかもしれません。");
});

test("connect opens the connection, whose own window then speaks for it", async () => {
  const { backend, user } = await openApp("state=left-on&lang=en");
  const [, staging] = alerts();
  await user.click(within(staging as HTMLElement).getByTestId("left-on-connect"));
  await waitFor(() => expect(backend.live.connection?.id).toBe(stagingConnection.id));
  await waitFor(() => expect(alerts()).toHaveLength(1));
  expect(alerts()[0]?.textContent).not.toContain("検証ITA");
});

test("dismiss is remembered by the core, not by the page", async () => {
  const { backend, user } = await openApp("state=left-on&lang=en");
  const [, staging] = alerts();
  await user.click(within(staging as HTMLElement).getByRole("button", { name: "Dismiss this notice" }));
  expect(backend.calls).toContainEqual({ name: "dismiss_left_on", args: { id: stagingConnection.id } });
  await waitFor(() => expect(alerts()).toHaveLength(1));
});

test("the settings say what it does, what could not be checked, and switch it off", async () => {
  const { backend, user } = await openApp("state=left-on&lang=ja");
  await user.click(screen.getByTestId("settings"));
  const checked = screen.getByTestId("left-on-checked");
  expect(checked.textContent).toMatch(/最後の確認：\d\d:\d\d:\d\d/);
  expect(checked.textContent).toContain("開発ITA：確認できませんでした。");
  expect(await violations()).toEqual([]);
  await user.click(screen.getByTestId("left-on-guard"));
  expect(backend.preferences.left_on_guard).toBe(false);
  expect(screen.queryByTestId("left-on-checked")).toBeNull();
  await user.click(screen.getByTestId("desktop-notifications"));
  expect(backend.preferences.desktop_notifications).toBe(false);
});
