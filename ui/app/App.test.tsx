import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { problem } from "../ipc";
import { openApp } from "../testing/app";
import { violations } from "../testing/axe";

beforeEach(() => {
  document.documentElement.lang = "";
});

describe("the window", () => {
  test.each([
    "first",
    "welcome",
    "closed",
    "opening",
    "practice",
    "production",
    "unknown",
    "stale",
    "blind",
    "suspect",
    "refused",
    "password",
    "certificate",
  ])("has nothing that axe objects to in state %s", async (state) => {
    await openApp(`state=${state}&lang=ja`);
    expect(await violations()).toEqual([]);
  });

  test("speaks the other language at once, without a restart", async () => {
    const { user } = await openApp("state=production&lang=ja");
    expect(document.documentElement.lang).toBe("ja");
    await user.click(screen.getByTestId("settings"));
    expect(await violations(), "the settings dialog is accessible too").toEqual([]);
    await user.selectOptions(screen.getByTestId("language"), "en");
    expect(document.documentElement.lang, "fonts and screen readers follow").toBe("en");
    expect(screen.getByRole("dialog", { name: "Settings" })).toBeTruthy();
  });

  test("sets the theme that was chosen", async () => {
    const { user } = await openApp("state=production&lang=en&theme=light");
    expect(document.documentElement.dataset.theme).toBe("light");
    await user.click(screen.getByTestId("settings"));
    await user.click(screen.getByTestId("theme-dark"));
    expect(document.documentElement.dataset.theme).toBe("dark");
  });

  test("frames the practice platform, and only that", async () => {
    const { backend } = await openApp("state=practice&lang=ja");
    expect(screen.getByTestId("practice-frame").textContent).toBe("練習 / PRACTICE");
    const production = backend.connections[0];
    if (!production) throw new Error("the fake has a saved connection");
    backend.open(production);
    await waitFor(() => expect(screen.queryByTestId("practice-frame")).toBeNull());
    expect(within(screen.getByTestId("connection-bar")).getByText("本番")).toBeTruthy();
  });

  test("opens the first time on the practice platform, with one sentence until it is answered", async () => {
    const { user, backend } = await openApp("state=first&lang=ja");
    expect(screen.getByTestId("welcome")).toBeTruthy();
    await user.click(screen.getByTestId("practise"));
    expect(screen.queryByTestId("welcome")).toBeNull();
    expect(backend.preferences.welcomed).toBe(true);
    expect(await screen.findByTestId("coach"), "three minutes with a guide").toBeTruthy();
  });

  test("does not take back what the shell remembers as opened", async () => {
    const { user, backend } = await openApp("state=closed&lang=ja");
    await user.click(screen.getByTestId(`start-${backend.connections[1]?.id}`));
    await user.click(await screen.findByTestId("settings"));
    await user.click(screen.getByTestId("theme-dark"));
    expect(backend.preferences.last_connection).toBe(backend.connections[1]?.id);
  });

  test("without any connection offers to practise and to connect", async () => {
    const { user, backend } = await openApp("state=welcome&lang=ja");
    expect(screen.getByTestId("connect")).toBeTruthy();
    await user.click(screen.getByTestId("practise"));
    expect(backend.calls.map((call) => call.name)).toContain("connect_practice");
    await waitFor(() => expect(backend.preferences.welcomed, "the sentence was answered").toBe(true));
  });
});

describe("trouble", () => {
  test("an error in disguise is said once, and as unknown", async () => {
    await openApp("state=unknown&lang=ja");
    const alerts = screen.getAllByTestId("trouble");
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.textContent).toContain("実行中の件数が分かりません。");
    expect(alerts[0]?.textContent, "the platform's own result code stands in the details").toContain("999-99999");
  });

  test("a flip to off that nobody here made is an alarm until dismissed", async () => {
    const { user, backend } = await openApp("state=suspect&lang=en");
    const notice = screen.getByTestId("notice-suspect");
    expect(notice.getAttribute("role")).toBe("alert");
    await user.click(within(notice).getByRole("button", { name: "Dismiss this notice" }));
    await waitFor(() => expect(screen.queryByTestId("notice-suspect")).toBeNull());
    expect(backend.calls).toContainEqual({ name: "dismiss_notice", args: { id: 1 } });
  });

  test("after a refused login the password is asked for and tried exactly once", async () => {
    const { user, backend } = await openApp("state=refused&lang=ja");
    await user.type(screen.getByTestId("sign-in-password"), "pa:ss{Enter}");
    const connects = backend.calls.filter((call) => call.name === "connect");
    expect(connects).toHaveLength(1);
    expect(connects[0]?.args).toMatchObject({ password: "pa:ss" });
  });

  test.each(["keyring_unavailable", "keyring_locked", "keyring_timed_out"] as const)(
    "%s does not keep anybody out: the password can be entered for this session",
    async (code) => {
      const { user, backend } = await openApp("state=production&lang=ja", (fake) =>
        fake.setLive({ phase: { phase: "stopped", problem: problem(code) } }),
      );
      const stopped = within(screen.getByTestId("stopped"));
      expect(stopped.getByText(/保持するのは、この画面を閉じるまでです。/)).toBeTruthy();
      expect(stopped.getByRole("button", { name: "もう一度接続する" }), "for after unlocking it").toBeTruthy();
      await user.type(stopped.getByTestId("sign-in-password"), "pa ss{Enter}");
      expect(backend.calls).toContainEqual({
        name: "connect",
        args: { id: backend.live.connection?.id, password: "pa ss" },
      });
    },
  );

  test("a command that fails says why, and the message can be closed", async () => {
    const { user, backend } = await openApp("state=production&lang=ja");
    backend.failNext("refresh", problem("not_connected"));
    await user.click(screen.getByTestId("refresh"));
    expect((await screen.findByTestId("failure")).textContent).toContain("接続していません。");
    await user.click(within(screen.getByTestId("failure")).getByRole("button", { name: "この通知を閉じる" }));
    expect(screen.queryByTestId("failure")).toBeNull();
  });
});
