import { act, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { problem } from "../../ipc";
import { developmentConnection, type FakeBackend, stagingConnection } from "../../ipc/fake";
import { openApp } from "../../testing/app";
import { violations } from "../../testing/axe";

async function openLevels(query: string, prepare?: (backend: FakeBackend) => void) {
  const opened = await openApp(query, prepare);
  await opened.user.click(screen.getByTestId("page-log-levels"));
  return opened;
}

const row = (service: string) => screen.getByTestId(`log-level-${service}`).closest("tr") as HTMLElement;
const choose = async (user: UserEvent, service: string, level: "info" | "debug") =>
  user.click(within(screen.getByTestId(`log-level-${service}-${level}`)).getByRole("radio"));
const isOn = (service: string, level: "info" | "debug") =>
  (within(screen.getByTestId(`log-level-${service}-${level}`)).getByRole("radio") as HTMLInputElement).checked;
const button = (name: "apply" | "discard") => screen.getByTestId<HTMLButtonElement>(`log-levels-${name}`);
const changesSent = (backend: FakeBackend) => backend.calls.filter(({ name }) => name === "change_log_levels");
const outcome = () => screen.findByTestId("log-levels-outcome");

describe("the page of log levels", () => {
  test.each(["ja", "en"])("shows each service as the platform sent it (%s)", async (lang) => {
    await openLevels(`state=levels&lang=${lang}`);
    await screen.findByTestId("log-level-ita-api-admin");
    expect(screen.getAllByRole("row")).toHaveLength(24 + 1);
    expect(isOn("ita-api-admin", "info")).toBe(true);
    expect(isOn("ita-by-ansible-execute", "debug")).toBe(true);
    for (const level of ["info", "debug"] as const)
      expect(isOn("ita-by-collector", level), "TRACE is neither").toBe(false);
    expect(row("ita-by-collector").textContent).toContain("TRACE");
    expect(row("ita-by-file-autoclean").textContent).toContain("null");
    expect(row("ita-by-ansible-execute").textContent).toContain(
      lang === "ja" ? "Ansible作業実行" : "Ansible execution",
    );
    expect(button("apply").disabled, "nothing to apply").toBe(true);
    expect(await violations()).toEqual([]);
  });

  test("is read when it is shown and when asked, and polls nothing", async () => {
    const { backend, user } = await openLevels("state=levels&lang=ja");
    const reads = () => backend.calls.filter(({ name }) => name === "log_levels").length;
    await screen.findByTestId("log-level-ita-api-admin");
    act(() => backend.poll());
    act(() => backend.poll());
    expect(reads()).toBe(1);
    await user.click(screen.getByTestId("log-levels-refresh"));
    await waitFor(() => expect(reads()).toBe(2));
  });

  test("keeps what was chosen in sight when it is left, and of each connection by itself", async () => {
    const { backend, user } = await openLevels("state=levels&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    await choose(user, "ita-api-admin", "debug");
    expect(row("ita-api-admin").textContent).toContain("変更前：INFO");
    await user.click(screen.getByTestId("page-maintenance"));
    expect(screen.queryByTestId("log-levels")).toBeNull();
    expect(screen.getByTestId("page-log-levels").textContent).toBe("ログレベル（未適用 1）");

    act(() => backend.open(developmentConnection));
    await user.click(screen.getByTestId("page-log-levels"));
    await screen.findByTestId("log-level-ita-api-admin");
    expect(isOn("ita-api-admin", "info"), "another platform's").toBe(true);
    act(() => backend.open(stagingConnection));
    expect(screen.getByTestId("page-log-levels").textContent).toBe("ログレベル（未適用 1）");
    await user.click(screen.getByTestId("page-log-levels"));
    await waitFor(() => expect(button("apply").disabled).toBe(false));
    expect(isOn("ita-api-admin", "debug")).toBe(true);
    await user.click(button("discard"));
    expect(isOn("ita-api-admin", "info")).toBe(true);
    expect(changesSent(backend)).toEqual([]);
  });

  test("changes at once in development, and says done only of what was read back", async () => {
    const { backend, user } = await openLevels("state=development&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    await choose(user, "ita-api-admin", "debug");
    await choose(user, "ita-by-collector", "debug");
    await choose(user, "ita-by-collector", "info");
    await user.click(button("apply"));
    expect((await outcome()).textContent).toContain("1 件のログレベルを変更しました。");
    expect(changesSent(backend).map(({ args }) => args)).toEqual([
      {
        changes: [{ service: "ita-api-admin", from: "INFO", to: "DEBUG" }],
        consent: { agreed: false, typed_name: null },
      },
    ]);
    expect(row("ita-api-admin").textContent).toContain("変更済み");
    expect(button("apply").disabled).toBe(true);
    expect(screen.getByTestId("journal").textContent).toContain("ita-api-admin INFO → DEBUG、読み戻し一致");
    expect(await violations()).toEqual([]);
  });

  test("goes on saying that a change is on its way when it is left and come back to", async () => {
    const { backend, user } = await openLevels("state=development&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    await choose(user, "ita-api-admin", "debug");
    const release = backend.hold("change_log_levels");
    await user.click(button("apply"));
    await user.click(screen.getByTestId("page-maintenance"));
    await user.click(screen.getByTestId("page-log-levels"));
    await waitFor(() => expect(screen.getByTestId("log-levels-count").textContent).toBe("適用して、読み戻しています…"));
    await user.click(button("apply"));
    release();
    await outcome();
    expect(changesSent(backend), "one click, one change").toHaveLength(1);
  });

  test("asks once elsewhere, with what will be sent and where", async () => {
    const { backend, user } = await openLevels("state=levels&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    await choose(user, "ita-by-collector", "debug");
    await user.click(button("apply"));
    const dialog = await screen.findByTestId("log-levels-confirm");
    expect(dialog.textContent).toContain("検証ITA");
    expect(dialog.textContent).toContain("ita-by-collectorTRACE → DEBUG");
    expect(await violations()).toEqual([]);
    expect(backend.levels.platform.get("ita-by-collector"), "not before it is agreed to").toBe("TRACE");
    await user.click(screen.getByTestId("confirm"));
    await outcome();
    expect(backend.levels.platform.get("ita-by-collector")).toBe("DEBUG");
  });

  test("wants the open lock in production", async () => {
    const { backend, user } = await openLevels("state=production&lang=ja", (fake) =>
      fake.setLive({ lock_open_until: null }),
    );
    await screen.findByTestId("log-level-ita-api-admin");
    await choose(user, "ita-api-admin", "debug");
    await user.click(button("apply"));
    await screen.findByTestId("log-levels-confirm");
    expect(screen.getByTestId<HTMLButtonElement>("confirm").disabled).toBe(true);
    expect(changesSent(backend)).toEqual([]);
    await user.click(screen.getByTestId("confirm-open-lock"));
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("confirm").disabled).toBe(false));
    await user.click(screen.getByTestId("confirm"));
    await outcome();
    expect(backend.levels.platform.get("ita-api-admin")).toBe("DEBUG");
  });

  test("leaves the key that stops jobs again where it is", async () => {
    const { backend, user } = await openLevels("state=procedure-watching&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    await user.keyboard("{F8}");
    await waitFor(() => expect(backend.live.procedure?.phase).toBe("draining"));
  });

  test("is held with the reason while read-only mode is on", async () => {
    await openLevels("state=readonly&lang=ja");
    const radios = within(await screen.findByTestId("log-level-ita-api-admin")).getAllByRole<HTMLInputElement>("radio");
    expect(radios.every((radio) => radio.disabled)).toBe(true);
    expect(button("apply").disabled).toBe(true);
    expect(button("apply").title).toBe("読み取り専用モードのため、変更できません。");
    expect(screen.getByTestId("log-levels-read-only").textContent).toContain("解除すると変更できます。");
    expect(await violations()).toEqual([]);
  });

  test("tells what was changed elsewhere, sends nothing, and shows what is", async () => {
    const { backend, user } = await openLevels("state=development&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    await choose(user, "ita-api-admin", "debug");
    backend.levels.set("ita-api-admin", "WARN");
    await user.click(button("apply"));
    expect((await outcome()).textContent).toContain("ita-api-adminいまの値：WARN");
    expect(backend.levels.platform.get("ita-api-admin"), "not overwritten").toBe("WARN");
    expect(row("ita-api-admin").textContent).toContain("変更前：WARN");
    await user.click(button("apply"));
    await waitFor(() => expect(backend.levels.platform.get("ita-api-admin")).toBe("DEBUG"));
  });

  test("never calls done what the read-back denies", async () => {
    const { backend, user } = await openLevels("state=development&lang=ja");
    backend.levels.ignoresChanges = true;
    await screen.findByTestId("log-level-ita-api-admin");
    await choose(user, "ita-api-admin", "debug");
    await user.click(button("apply"));
    expect((await outcome()).textContent).toContain("変わっていないログレベルがあります。");
    expect(row("ita-api-admin").textContent).toContain("変化なし");
    expect(button("apply").disabled, "it is still wanted").toBe(false);
  });

  test("says why the levels are not known, and what is shown when they were", async () => {
    const { backend, user } = await openLevels("state=development&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    await choose(user, "ita-api-admin", "debug");
    backend.pollProblem = problem("gateway_error", { status: 502 });
    await user.click(screen.getByTestId("log-levels-refresh"));
    await screen.findByTestId("log-levels-stale");
    expect(screen.getByTestId("log-levels").dataset.state).toBe("stale");
    expect(button("apply").title).toBe("いまのログレベルが分からないため、変更できません。");
    expect(await violations()).toEqual([]);
    act(() => backend.open(developmentConnection));
    backend.levels.read = { state: "unknown", problem: null };
    await user.click(screen.getByTestId("log-levels-refresh"));
    await screen.findByTestId("log-levels-unknown");
    expect(screen.queryByTestId("log-level-ita-api-admin"), "nothing is made up").toBeNull();
  });
});
