import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { problem } from "../../ipc";
import { developmentConnection, type FakeBackend, stagingConnection } from "../../ipc/fake";
import { violations } from "../../testing/axe";
import { button, choose, isHeld, isOn, openLevels, outcome, row } from "../../testing/levels";

const changesSent = (backend: FakeBackend) => backend.calls.filter(({ name }) => name === "change_log_levels");

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
    expect(isHeld("apply"), "nothing to apply").toBe(true);
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
    expect(row("ita-api-admin").textContent).toContain("未適用（いま INFO）");
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
    await waitFor(() => expect(isHeld("apply")).toBe(false));
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
    expect(isHeld("apply")).toBe(true);
    expect(document.activeElement, "whoever pressed it is still there").toBe(button("apply"));
    const revision = backend.live.revision;
    await waitFor(() =>
      expect(screen.getByTestId("journal").textContent).toContain("ita-api-admin INFO → DEBUG、読み戻し一致"),
    );
    expect(backend.live.revision, "and no list of jobs was needed for it").toBe(revision);
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
    expect(dialog.textContent, "whom it concerns").toContain("すべての組織");
    expect(changesSent(backend), "nor is it said that something is on its way").toEqual([]);
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
    const { user } = await openLevels("state=readonly&lang=ja");
    const radios = within(await screen.findByTestId("log-level-ita-api-admin")).getAllByRole<HTMLInputElement>("radio");
    expect(radios.map((radio) => radio.getAttribute("aria-disabled"))).toEqual(["true", "true"]);
    await user.click(radios[1] as HTMLInputElement);
    expect(isOn("ita-api-admin", "info")).toBe(true);
    expect(isHeld("apply")).toBe(true);
    expect(button("apply").title).toBe("読み取り専用モードのため、変更できません。");
    expect(screen.getByTestId("log-levels-read-only").textContent).toContain("作業中は解除せず");
    expect(await violations()).toEqual([]);
  });

  test("says why the levels are not known, and what is shown when they were", async () => {
    const { backend, user } = await openLevels("state=development&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    await choose(user, "ita-api-admin", "debug");
    backend.pollProblem = problem("gateway_error", { status: 502 });
    await user.click(screen.getByTestId("log-levels-refresh"));
    await screen.findByTestId("log-levels-stale");
    expect(screen.getByTestId("log-levels").dataset.state).toBe("stale");
    expect(isOn("ita-by-collector", "info"), "as it was last").toBe(true);
    expect(button("apply").title).toBe("いまのログレベルが分からないため、変更できません。");
    expect(await violations()).toEqual([]);
    act(() => backend.open(developmentConnection));
    backend.levels.read = { state: "unknown", problem: null };
    await user.click(screen.getByTestId("log-levels-refresh"));
    await screen.findByTestId("log-levels-unknown");
    expect(screen.queryByTestId("log-level-ita-api-admin"), "nothing is made up").toBeNull();
  });

  test("takes an answer that was no truth for unknown, with what was last read beside it", async () => {
    const { backend, user } = await openLevels("state=levels&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    backend.levels.readProblem = problem("error_in_disguise", { status: 200 });
    await user.click(screen.getByTestId("log-levels-refresh"));
    expect((await screen.findByTestId("log-levels-unknown")).textContent).toContain("いまのログレベルは不明です。");
    expect(screen.getByTestId("log-levels").dataset.state).toBe("unknown");
    expect(isOn("ita-by-ansible-execute", "debug"), "nobody knows").toBe(false);
    expect(row("ita-by-ansible-execute").textContent).toContain("不明（最後の値 DEBUG）");
    expect(await violations()).toEqual([]);
  });

  test("keeps what was read when the way to the core breaks", async () => {
    const { backend, user } = await openLevels("state=levels&lang=ja", (fake) =>
      fake.failNext("log_levels", problem("internal")),
    );
    await screen.findByTestId("log-levels-unknown");
    await user.click(screen.getByTestId("log-levels-refresh"));
    await screen.findByTestId("log-level-ita-api-admin");
    backend.failNext("log_levels", problem("internal"));
    await user.click(screen.getByTestId("log-levels-refresh"));
    await screen.findByTestId("log-levels-stale");
    expect(row("ita-by-ansible-execute").dataset.level).toBe("DEBUG");
  });

  test("says why nothing can be changed once the connection has stopped", async () => {
    const { backend } = await openLevels("state=levels&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    act(() => backend.setLive({ phase: { phase: "stopped", problem: problem("login_refused") } }));
    expect(button("apply").title).toBe("接続が止まっているため、変更できません。");
  });

  test("counts what was left on DEBUG, and finds it", async () => {
    const { user } = await openLevels("state=levels&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    expect(screen.getByTestId("log-levels-debug").dataset.value).toBe("1");
    await user.click(screen.getByTestId("log-levels-narrow"));
    expect(screen.getAllByRole("rowheader").map(({ textContent }) => textContent)).toEqual([
      "ita-by-ansible-executeAnsible作業実行",
      "ita-by-collector",
      "ita-by-file-autoclean",
    ]);
  });

  test("tells what somebody else changed, until it was seen", async () => {
    const { backend, user } = await openLevels("state=levels&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    backend.levels.set("ita-by-ansible-execute", "INFO");
    backend.levels.remove("ita-by-collector");
    // A colleague's save of the platform's own page; nobody has to ask for it here.
    backend.world.flags = { ...backend.world.flags, job_stop: true };
    act(() => backend.poll());
    const told = await screen.findByTestId("log-levels-elsewhere");
    expect(told.textContent).toContain("別の場所で 2 件のログレベルが変わりました。");
    expect(row("ita-by-ansible-execute").textContent).toContain("別の場所で変更：DEBUG → INFO");
    const gone = screen.getByText("ita-by-collector", { selector: "th span" }).closest("tr");
    expect(gone?.textContent).toContain("応答から消滅");
    expect(await violations()).toEqual([]);
    const journal = screen.getByTestId("journal");
    await waitFor(() => expect(journal.textContent).toContain("ita-by-ansible-execute DEBUG → INFO"));
    await user.click(within(told).getByRole("button"));
    expect(row("ita-by-ansible-execute").textContent).not.toContain("別の場所で変更");
    expect(screen.queryByText("ita-by-collector", { selector: "th span" })).toBeNull();
  });

  test("forgets what is wanted of a service that is gone, and is not left with anything to discard", async () => {
    const { backend, user } = await openLevels("state=development&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    await choose(user, "ita-api-admin", "debug");
    backend.levels.remove("ita-api-admin");
    await user.click(screen.getByTestId("log-levels-refresh"));
    await screen.findByTestId("log-levels-elsewhere");
    backend.levels.set("ita-api-admin", "INFO");
    await user.click(screen.getByTestId("log-levels-refresh"));
    await screen.findByTestId("log-level-ita-api-admin");
    expect(screen.getByTestId("log-levels-count").dataset.value).toBe("0");
  });

  test("applies while it still reads", async () => {
    const { backend, user } = await openLevels("state=development&lang=ja");
    await screen.findByTestId("log-level-ita-api-admin");
    await choose(user, "ita-api-admin", "debug");
    const release = backend.hold("log_levels");
    await user.click(screen.getByTestId("log-levels-refresh"));
    await user.click(button("apply"));
    await outcome();
    release();
    await waitFor(() => expect(row("ita-api-admin").dataset.level).toBe("DEBUG"));
    expect(changesSent(backend)).toHaveLength(1);
  });

  test("does not come back with another connection", async () => {
    const { backend } = await openLevels("state=development&lang=ja");
    act(() => backend.open(stagingConnection));
    act(() => backend.open(developmentConnection));
    expect(screen.queryByTestId("log-levels"), "count and modes come first").toBeNull();
  });
});
