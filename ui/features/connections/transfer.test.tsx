import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import type { ImportPreview } from "../../generated/ImportPreview";
import { problem } from "../../ipc";
import { candidate, type FakeBackend, otherPin, teamFile } from "../../ipc/fake";
import { openApp } from "../../testing/app";
import { violations } from "../../testing/axe";

/** The window with a file that a colleague handed on, looked at by the connection menu. */
async function openImport(file: ImportPreview = teamFile, language = "ja", prepare?: (backend: FakeBackend) => void) {
  const opened = await openApp(`state=closed&lang=${language}`, (backend) => {
    backend.importFile = file;
    prepare?.(backend);
  });
  await choose(opened.user, "menu-import");
  return { ...opened, calls: callsOf(opened.backend) };
}

async function choose(user: Awaited<ReturnType<typeof openApp>>["user"], item: string) {
  await user.click(screen.getByTestId("connection-menu"));
  await user.click(await screen.findByTestId(item));
}

const callsOf = (backend: FakeBackend) => (name: string) => backend.calls.filter((call) => call.name === name);
const file = (...connections: ImportPreview["connections"]): ImportPreview => ({ path: "/tmp/list.json", connections });
const row = (name: string) => screen.getByRole("row", { name: new RegExp(`^「${name}」を追加`) });
const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name: `「${name}」を追加` });
const add = () => screen.getByTestId<HTMLButtonElement>("import-add");

describe("exporting", () => {
  test("says how many, where, and that no password is in the file", async () => {
    const { user } = await openApp("state=closed&lang=ja");
    await choose(user, "menu-export");
    const dialog = await screen.findByRole("dialog", { name: "接続を書き出しました" });
    expect(dialog.textContent).toContain("3 件の接続を書き出しました。");
    expect(dialog.textContent).toContain("/home/tanaka/ita-connections.json");
    expect(dialog.textContent).toContain("パスワードは入っていません。");
    expect(await violations()).toEqual([]);
  });

  test("left in the system's dialog says nothing, and can be asked for again", async () => {
    const { user, backend } = await openApp("state=closed&lang=ja", (it) =>
      it.answer("export_connections", () => null),
    );
    await choose(user, "menu-export");
    await choose(user, "menu-export");
    await waitFor(() => expect(callsOf(backend)("export_connections")).toHaveLength(2));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("that fails says why, and is tried again from there", async () => {
    const { user, backend } = await openApp("state=closed&lang=en");
    backend.failNext("export_connections", problem("file_not_written", { reason: "/mnt/full: No space left" }));
    await choose(user, "menu-export");
    const failed = await screen.findByRole("alertdialog", { name: "Connections not exported" });
    expect(failed.querySelector('[data-problem="file_not_written"]')?.textContent).toContain("No space left");
    expect(await violations()).toEqual([]);
    await user.click(screen.getByTestId("transfer-again"));
    expect((await screen.findByTestId("export-connections-done")).textContent).toContain(
      "3 connections were exported.",
    );
  });

  test("is not offered where nothing is saved", async () => {
    const { user } = await openApp("state=closed&lang=ja", (backend) => {
      backend.connections = [];
    });
    await user.click(screen.getByTestId("connection-menu"));
    expect((await screen.findByTestId("menu-export")).getAttribute("aria-disabled")).toBe("true");
    expect(screen.getByTestId("menu-import").getAttribute("aria-disabled")).toBeNull();
  });
});

describe("the file that is looked at", () => {
  test.each(["ja", "en"])("is a table that everybody can read (%s)", async (language) => {
    await openImport(teamFile, language);
    const dialog = await screen.findByTestId("import-dialog");
    expect(dialog.textContent).toContain(teamFile.path);
    expect(within(dialog).getAllByRole("row")).toHaveLength(1 + teamFile.connections.length);
    expect(await violations()).toEqual([]);
  });

  test("says of each connection what it would trust", async () => {
    await openImport();
    const pinned = (await screen.findByText("基幹ITA（大阪）")).closest("tr");
    expect(pinned?.textContent).toContain("証明書を固定");
    expect(pinned?.textContent?.replaceAll(" ", "")).toContain(otherPin.toUpperCase());
    for (const words of [
      "CA ファイル",
      "/etc/ssl/private-ca/example-root.pem",
      "プロキシー経由",
      "http://proxy.example.co.jp:3128",
    ])
      expect(row("DR サイト").textContent).toContain(words);
  });

  test("says of each connection what adding it does", async () => {
    const { user } = await openImport();
    await screen.findByTestId("import-dialog");
    expect(row("基幹ITA（大阪）").textContent).toContain("追加します");
    expect(row("DR サイト").textContent).toContain("この CA ファイルがありません。");
    for (const name of ["検証ITA", "開発ITA", "研修用"]) {
      expect(box(name).checked, `${name} is not added without being chosen`).toBe(false);
      expect(row(name).textContent).toContain("追加しません");
    }
    expect(row("検証ITA").textContent).toContain("同名の接続を残します。");
    expect(row("開発ITA").textContent).toContain("同じ設定で保存済み。");
    await user.click(box("検証ITA"));
    expect(row("検証ITA").textContent).toContain("「検証ITA (2)」として追加します");
  });

  test("with names that would rewrite their neighbours shows them as they are", async () => {
    await openImport(file(candidate({ name: "night\u202Egpj", user: "a\u200Bdmin" })));
    expect((await screen.findByTestId("import-table")).textContent).toContain("night⟨U+202E⟩gpj");
    expect(screen.getByTestId("import-table").textContent).toContain("a⟨U+200B⟩dmin");
  });

  test.each([
    ["holds nothing", file(), "このファイルに接続は入っていません。何も追加していません。"],
    [
      "is already here",
      file(candidate({ name: "a (2)" }, { name: "a", standing: "already_saved" })),
      "ファイルの接続は、すべて同じ設定で保存済みです。何も追加していません。",
    ],
  ])("and %s says that nothing was added", async (_what, preview, sentence) => {
    const { calls } = await openImport(preview);
    expect((await screen.findByTestId("import-nothing")).textContent).toBe(sentence);
    expect(screen.queryByTestId<HTMLButtonElement>("import-add")?.disabled ?? true).toBe(true);
    expect(await violations()).toEqual([]);
    expect(calls("import_connections")).toHaveLength(0);
  });

  test("and cannot be used says why, and another is chosen from there", async () => {
    const { user, backend } = await openImport(teamFile, "ja", (it) =>
      it.failNext("choose_import", problem("import_refused", { reason: ".connections[3]: environment" })),
    );
    const failed = await screen.findByRole("alertdialog", { name: "接続を読み込めませんでした" });
    expect(failed.querySelector('[data-problem="import_refused"]')?.textContent).toContain(
      ".connections[3]: environment",
    );
    expect(await violations()).toEqual([]);
    backend.answer("choose_import", () => null);
    await user.click(screen.getByTestId("transfer-again"));
    expect(screen.getByTestId("transfer-failed"), "the system's dialog was left").toBeTruthy();
    backend.answer("choose_import", () => teamFile);
    await user.click(screen.getByTestId("transfer-again"));
    expect(await screen.findByTestId("import-dialog")).toBeTruthy();
  });
});

describe("importing", () => {
  test("adds what is chosen and nothing else, and says that passwords are asked for", async () => {
    const { user, backend, calls } = await openImport();
    await user.click(await screen.findByRole("checkbox", { name: "「DR サイト」を追加" }));
    await user.click(box("検証ITA"));
    expect(screen.getByRole("status").textContent).toBe("5 件のうち 2 件を追加します。");
    await user.click(add());
    const done = await screen.findByTestId("import-done");
    expect(done.textContent).toContain("2 件の接続を追加しました。");
    expect(done.textContent).toContain("はじめて接続するときに入力してください。");
    expect(
      screen.getByTestId("import-dialog").contains(document.activeElement),
      "the button that was pressed is gone",
    ).toBe(true);
    expect(await violations()).toEqual([]);
    const [osaka, , stg] = teamFile.connections.map(({ connection }) => connection);
    expect(calls("import_connections")[0]?.args).toEqual({ chosen: [osaka?.id, stg?.id] });
    expect(backend.connections.slice(3).map(({ name }) => name)).toEqual(["基幹ITA（大阪）", "検証ITA (2)"]);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("import-dialog")).toBeNull());
    await user.click(screen.getByTestId("connection-menu"));
    expect(await screen.findByRole("menuitem", { name: /検証ITA \(2\)/ })).toBeTruthy();
  });

  test("by plain http needs a consent for that address, and the consent ends with the choice", async () => {
    const { user, calls } = await openImport();
    await screen.findByTestId("import-dialog");
    expect(row("研修用").textContent).toContain("暗号化なし");
    expect(screen.queryByTestId("import-agree-plain")).toBeNull();
    await user.click(box("研修用"));
    const consent = screen.getByTestId<HTMLInputElement>("import-agree-plain");
    expect(consent.checked, "never given beforehand").toBe(false);
    const shown = vi.spyOn(Element.prototype, "scrollIntoView");
    await user.click(add());
    await screen.findByText("このまま使う場合は、上の欄にチェックを入れてください。");
    expect(screen.getByRole("status").textContent).toBe("確認が必要な項目が 1 件あります。");
    await waitFor(() => expect(document.activeElement).toBe(consent));
    expect(shown.mock.contexts, "the sentence and why, not the box alone").toContain(
      consent.closest(".agreement-field"),
    );
    expect(calls("import_connections")).toHaveLength(0);
    expect(await violations()).toEqual([]);

    await user.click(consent);
    await user.click(box("研修用"));
    await user.click(box("研修用"));
    expect(screen.getByTestId<HTMLInputElement>("import-agree-plain").checked).toBe(false);
    await user.click(screen.getByTestId("import-agree-plain"));
    await user.click(add());
    await screen.findByTestId("import-done");
  });

  test("a pin that holds for an expired certificate needs its own consent", async () => {
    const certificate = { kind: "pinned", sha256: otherPin, accept_expired: true, leaf: null } as const;
    const { user, calls } = await openImport(file(candidate({ name: "a", certificate })));
    await user.click(await screen.findByRole("checkbox", { name: "「a」を追加" }));
    await user.click(add());
    expect(calls("import_connections")).toHaveLength(0);
    await user.click(screen.getByTestId("import-agree-expired"));
    await user.click(add());
    await screen.findByTestId("import-done");
  });

  test("that fails says why in the dialog, keeps the choice, and can be tried again", async () => {
    const { user, backend } = await openImport();
    backend.failNext("import_connections", problem("settings_newer"));
    await screen.findByTestId("import-dialog");
    await user.click(box("検証ITA"));
    await user.click(add());
    const said = await screen.findByTestId("import-problem");
    expect(said.querySelector('[data-problem="settings_newer"]')).not.toBeNull();
    expect(box("検証ITA").checked).toBe(true);
    expect(await violations()).toEqual([]);
    await user.click(add());
    expect((await screen.findByTestId("import-done")).textContent).toContain("3 件の接続を追加しました。");
    expect(screen.queryByTestId("import-problem")).toBeNull();
  });

  test("by the keyboard: the menu, all or none, one, and the button", async () => {
    const { user, backend } = await openApp("state=closed&lang=ja", (it) => {
      it.importFile = file(candidate({ name: "a" }), candidate({ name: "b" }), candidate({ name: "c" }));
    });
    screen.getByTestId("connection-menu").focus();
    await user.keyboard("{Enter}");
    await screen.findByTestId("menu-import");
    await user.keyboard("{End}{Enter}");
    await screen.findByTestId("import-dialog");
    const all = screen.getByTestId<HTMLInputElement>("import-all");
    while (document.activeElement !== all) await user.tab();
    await user.keyboard(" ");
    expect(screen.getByRole("status").textContent).toBe("何も選んでいません。");
    expect(add().disabled).toBe(true);
    await user.tab();
    await user.tab();
    expect(document.activeElement).toBe(box("b"));
    await user.keyboard(" ");
    expect(all.indeterminate, "some").toBe(true);
    while (document.activeElement !== add()) await user.tab();
    await user.keyboard("{Enter}");
    await screen.findByTestId("import-done");
    expect(backend.connections.slice(3).map(({ name }) => name)).toEqual(["b"]);
  });

  test("left by Escape adds nothing", async () => {
    const { user, calls } = await openImport();
    await screen.findByTestId("import-dialog");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("import-dialog")).toBeNull());
    expect(calls("import_connections")).toHaveLength(0);
  });
});
