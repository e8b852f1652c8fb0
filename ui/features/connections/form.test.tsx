import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { problem } from "../../ipc";
import { productionConnection, stagingConnection } from "../../ipc/fake";
import { procedureIn } from "../../ipc/fake/procedure";
import { violations } from "../../testing/axe";
import { errorOf, field, fill, fillIn, openForm, save } from "../../testing/connections";

test("a new connection is saved as typed, and its password goes to the keyring alone", async () => {
  const { user, calls, onSaved } = await openForm();
  await fillIn(user);
  await save(user);
  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  expect(calls("save_connection")[0]?.args).toEqual({
    draft: expect.objectContaining({
      id: null,
      name: "大阪ITA",
      address: "https://ita-osaka.example.co.jp:81",
      environment: "staging",
      user: "admin",
      secret_place: "keyring",
      login: "automatic",
      certificate: { kind: "system" },
      proxy: { kind: "none" },
      poll_seconds: null,
      zone: { kind: "automatic" },
    }),
    password: "pa ss",
  });
  expect(onSaved.mock.calls[0]?.[1], "the window connects with what the keyring holds").toBeNull();
});

test("a password for this session only goes with the connection and is not kept in the form", async () => {
  const { user, onSaved } = await openForm();
  await fillIn(user);
  await user.click(screen.getByTestId("connection-secret-place-session"));
  await save(user);
  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  expect(onSaved.mock.calls[0]?.[1]).toBe("pa ss");
  expect(field("password").value).toBe("");
});

test("an empty form says at every field what is missing, once saving was tried, and goes to the first", async () => {
  const { user, calls } = await openForm();
  expect(errorOf("name"), "nothing is wrong before one has typed").toBeNull();
  await save(user);
  await screen.findByText("入力を確かめてください（5 か所）。");
  expect(errorOf("name")).toBe("名前を入力してください。");
  expect(errorOf("address")).toBe("アドレスを入力してください。");
  expect(errorOf("user")).toBe("ユーザーを入力してください。");
  expect(errorOf("password")).toBe("パスワードを入力してください。");
  expect(screen.getByText("環境を選んでください。切り替えの慎重さが決まります。")).toBeTruthy();
  expect(calls("save_connection")).toHaveLength(0);
  await waitFor(() => expect(document.activeElement).toBe(field("name")));
  expect(await violations()).toEqual([]);
});

test.each<[string, string, string]>([
  ["name", "基幹ITA（東京）", "同じ名前の接続があります。別の名前にしてください。"],
  ["address", "ftp://ita.example.co.jp", "アドレスとして読み取れません。空白や余分な文字がないか確かめてください。"],
  ["poll-seconds", "4", "5 から 300 の整数を入力してください。"],
  ["poll-seconds", "301", "5 から 300 の整数を入力してください。"],
  ["poll-seconds", "10.5", "5 から 300 の整数を入力してください。"],
  ["zone", "Tokyo", "UTC か Asia/Tokyo のような名前を入力してください。"],
])("the field %s does not take %s", async (name, text, sentence) => {
  const { user, calls } = await openForm();
  await fillIn(user);
  await fill(user, name, text);
  await save(user);
  await waitFor(() => expect(errorOf(name)).toBe(sentence));
  expect(field(name).getAttribute("aria-invalid")).toBe("true");
  expect(calls("save_connection")).toHaveLength(0);
  await waitFor(() => expect(document.activeElement).toBe(field(name)));
});

test.each<[string, string, string, string]>([
  ["certificate-ca_file", "ca-path", "ca.pem", "CA ファイルの絶対パスを入力してください。"],
  ["certificate-pinned", "fingerprint", "9F86 D081", "SHA-256 の指紋は 16 進数 64 桁です。"],
  ["proxy-given", "proxy-url", "proxy:8080", "http://ホスト:ポート の形で入力してください。"],
  ["proxy-given", "proxy-url", "http://me:secret@proxy:8080", "http://ホスト:ポート の形で入力してください。"],
])("with %s the field %s does not take %s", async (choice, name, text, sentence) => {
  const { user, calls } = await openForm();
  await fillIn(user);
  await user.click(screen.getByTestId(`connection-${choice}`));
  await fill(user, name, text);
  await save(user);
  await waitFor(() => expect(errorOf(name)).toBe(sentence));
  expect(calls("save_connection")).toHaveLength(0);
});

test("a colon in the user is refused while typing: the platform splits there", async () => {
  const { user } = await openForm();
  await user.type(field("user"), "ad:min");
  expect(errorOf("user")).toBe("ユーザー名に「:」は使えません。プラットフォームが区切りとして扱います。");
});

test("a colon in the password is warned about where Basic would be used", async () => {
  const { user } = await openForm();
  await user.type(field("password"), "pa:ss");
  expect(screen.getByText(/「:」を含むパスワードはトークンでだけ使えます。/)).toBeTruthy();
  await user.click(screen.getByTestId("connection-login-basic"));
  expect(screen.getByText(/プラットフォームの制約により Basic ではログインできません。/)).toBeTruthy();
  await user.click(screen.getByTestId("connection-login-token"));
  expect(screen.queryByText(/「:」を含むパスワード/), "tokens take it").toBeNull();
});

test("a password of several lines is told when it is pasted and never becomes another one; nor does one with a NUL", async () => {
  const { user, calls } = await openForm();
  await fillIn(user, { password: "" });
  const sentence = "貼り付けたパスワードに改行か NUL 文字が含まれています。1 行で入れ直してください。";
  for (const pasted of ["first\nsecond", "first\r\nsecond", "cut\0here"]) {
    await fill(user, "password", pasted);
    expect(errorOf("password")).toBe(sentence);
    await save(user);
    expect(calls("save_connection")).toHaveLength(0);
  }
  await fill(user, "password", "pa ss\n");
  expect(errorOf("password"), "a line break at the end comes with copying a line").toBeNull();
  expect(field("password").value).toBe("pa ss");
});

test("a password that no keyring takes is told before saving, and may be kept elsewhere", async () => {
  const { user } = await openForm();
  await user.click(field("password"));
  await user.paste("x".repeat(1280));
  expect(errorOf("password")).toBeNull();
  await user.type(field("password"), "x");
  expect(errorOf("password")).toContain("長すぎてキーリングに保存できません（1,280 文字まで）。");
  await user.click(screen.getByTestId("connection-secret-place-session"));
  expect(errorOf("password")).toBeNull();
});

test("a pasted page address is cut to its origin, and that is said", async () => {
  const { user } = await openForm();
  await fill(user, "address", "https://ita-admin.example.co.jp:81/auth/?next=/maintenance#top");
  expect((await screen.findByTestId("address-notes")).textContent).toContain(
    "不要な部分を取り除き、https://ita-admin.example.co.jp:81 を使います。",
  );
});

test("plain http is warned about before anything is sent", async () => {
  const { user } = await openForm();
  await fill(user, "address", "http://ita-admin.example.co.jp:81");
  expect((await screen.findByTestId("address-notes")).textContent).toContain("パスワードが暗号化されずに流れます。");
});

test("plain http to another machine is saved only after a consent for that address", async () => {
  const { user, calls } = await openForm();
  await fillIn(user, { address: "http://ita-osaka.example.co.jp:81" });
  const consent = await screen.findByTestId<HTMLInputElement>("connection-accepts-plain");
  expect(consent.checked, "never given beforehand").toBe(false);
  await save(user);
  await screen.findByText("このまま使う場合は、上の欄にチェックを入れてください。");
  await waitFor(() => expect(document.activeElement).toBe(consent));
  expect(calls("save_connection")).toHaveLength(0);
  expect(await violations()).toEqual([]);
  await user.click(consent);
  await save(user);
  await waitFor(() => expect(calls("save_connection")).toHaveLength(1));
});

test("a consent to plain http holds for the address it was given for", async () => {
  const { user, calls } = await openForm();
  await fillIn(user, { address: "http://ita-osaka.example.co.jp:81" });
  await user.click(await screen.findByTestId("connection-accepts-plain"));
  await fill(user, "address", "http://ita-kobe.example.co.jp:81");
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>("connection-accepts-plain").checked).toBe(false));
  await save(user);
  await screen.findByText("このまま使う場合は、上の欄にチェックを入れてください。");
  expect(calls("save_connection")).toHaveLength(0);
});

test.each(["http://127.0.0.1:8081", "https://ita-osaka.example.co.jp"])("%s needs no such consent", async (address) => {
  const { user } = await openForm();
  await fill(user, "address", address);
  await screen.findByTestId("address-notes");
  expect(screen.queryByTestId("connection-accepts-plain")).toBeNull();
});

test("a saved plain address is not asked about again, and still warned of", async () => {
  const { user, calls } = await openForm({ connection: stagingConnection });
  expect((await screen.findByTestId("address-notes")).textContent).toContain("パスワードが暗号化されずに流れます。");
  expect(screen.queryByTestId("connection-accepts-plain")).toBeNull();
  await save(user);
  await waitFor(() => expect(calls("save_connection")).toHaveLength(1));
});

test("an international name is shown as it really is, with the letters that only look Latin", async () => {
  const { user } = await openForm({
    prepare: (backend) =>
      backend.answer("check_address", () => ({
        origin: "https://xn--le-6kcc.example",
        was_cut: false,
        is_plain: false,
        unicode_host: "аррle.example",
        lookalikes: ["а", "р"],
      })),
  });
  await fill(user, "address", "https://аррle.example");
  const notes = (await screen.findByTestId("address-notes")).textContent;
  expect(notes).toContain("https://xn--le-6kcc.example");
  expect(notes).toContain("英字に見える別の文字が入っています：а (U+0430), р (U+0440)。");
});

test("port 80 is the users' site: the administrators' is one click away", async () => {
  const { user } = await openForm();
  await fill(user, "address", "http://ita.example.co.jp");
  await user.click(await screen.findByRole("button", { name: "ポート 81 にする" }));
  expect(field("address").value).toBe("http://ita.example.co.jp:81");
});

test("another address asks for the password again: a password belongs to an origin", async () => {
  const { user, calls } = await openForm({ connection: productionConnection });
  await fill(user, "address", "https://ita-other.example.co.jp");
  await save(user);
  await waitFor(() =>
    expect(errorOf("password")).toContain("アドレスが変わったので、パスワードを入れ直してください。"),
  );
  expect(calls("save_connection")).toHaveLength(0);
});

test("a saved connection keeps its password when the field stays empty", async () => {
  const { user, calls, onSaved } = await openForm({ connection: productionConnection });
  await fill(user, "poll-seconds", "60");
  await save(user);
  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  expect(calls("save_connection")[0]?.args).toMatchObject({
    draft: { id: productionConnection.id, poll_seconds: 60, certificate: productionConnection.certificate },
    password: null,
  });
});

test("a connection that could not be saved keeps what was typed", async () => {
  const { user, backend, onSaved } = await openForm();
  backend.failNext("save_connection", problem("keyring_locked"));
  await fillIn(user);
  await save(user);
  const alert = await screen.findByTestId("connection-problem");
  expect(alert.textContent).toContain("キーリング");
  expect(field("password").value).toBe("pa ss");
  expect(onSaved).not.toHaveBeenCalled();
});

test("two clicks save once", async () => {
  const { user, backend, calls, onSaved } = await openForm();
  await fillIn(user);
  const release = backend.hold("save_connection");
  await user.dblClick(screen.getByTestId("connection-save"));
  release();
  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  expect(calls("save_connection")).toHaveLength(1);
});

test("without a keyring the form says so, and offers this session only", async () => {
  await openForm({ prepare: (backend) => (backend.keyring = problem("keyring_unavailable")) });
  const session = within(screen.getByTestId("connection-secret-place-session")).getByRole<HTMLInputElement>("radio");
  await waitFor(() => expect(session.checked, "nothing is promised that cannot be kept").toBe(true));
});

test("the question of the zone opens the advanced part at its field, with this computer's zone first", async () => {
  const { user, calls, onSaved } = await openForm({ connection: stagingConnection, asksZone: true });
  expect(document.activeElement).toBe(field("zone"));
  expect(field("zone").closest("details")?.open).toBe(true);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(field("zone").list?.options[0]?.value).toBe(own);
  await user.click(screen.getByTestId("connection-own-zone"));
  expect(field("zone").value).toBe(own);
  await save(user);
  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  expect(calls("save_connection")[0]?.args).toMatchObject({ draft: { zone: { kind: "zone", name: own } } });
});

test("deleting asks first, and Escape leaves everything as it was", async () => {
  const { user, calls, onClose } = await openForm({ connection: stagingConnection });
  await user.click(screen.getByTestId("connection-delete"));
  const question = await screen.findByRole("alertdialog", { name: "接続を削除しますか" });
  expect(question.textContent).toContain("「検証ITA」の設定、固定した証明書、保管したパスワードを消します。");
  expect(await violations()).toEqual([]);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(calls("delete_connection")).toHaveLength(0);

  await user.click(screen.getByTestId("connection-delete"));
  await user.click(await screen.findByTestId("connection-delete-confirm"));
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(calls("delete_connection")).toEqual([{ name: "delete_connection", args: { id: stagingConnection.id } }]);
});

test("what would stay on with nobody to recall it is named before deleting, and the name is asked for", async () => {
  const { user, backend, calls } = await openForm({ connection: stagingConnection });
  const procedure = procedureIn("work", backend.now());
  act(() => {
    backend.open(stagingConnection);
    backend.setLive({ procedure, modes: { ...backend.live.modes, read_only: { state: "known", value: true, at: 0 } } });
  });
  await user.click(screen.getByTestId("connection-delete"));
  const remains = await screen.findByTestId("connection-delete-remains");
  expect(remains.textContent).toContain("手順が進行中です（作業中）。読み取り専用が ON です。");
  expect(await violations()).toEqual([]);
  const confirm = screen.getByTestId<HTMLButtonElement>("connection-delete-confirm");
  expect(confirm.disabled || confirm.getAttribute("aria-disabled") === "true").toBe(true);
  await user.click(confirm);
  expect(calls("delete_connection")).toHaveLength(0);
  await user.type(screen.getByTestId("confirm-name"), stagingConnection.name);
  await user.click(confirm);
  await waitFor(() => expect(calls("delete_connection")).toHaveLength(1));
});

test.each([
  ["ja", "https://ita-old.example.co.jp で進行中です（作業中）。", "別の接続として追加できます。"],
  ["en", "It is under way on https://ita-old.example.co.jp (at work).", "a connection of its own."],
] as const)(
  "an address that a procedure holds is refused with where, and what to do (%s)",
  async (language, where, what) => {
    const { user, backend, onSaved } = await openForm({ connection: stagingConnection, language });
    const under_way = { address: "https://ita-old.example.co.jp", phase: "work" } as const;
    backend.failNext("save_connection", problem("procedure_under_way", { under_way }));
    await fill(user, "address", "https://ita-new.example.co.jp");
    await fill(user, "password", "pa ss");
    await save(user);
    const told = await screen.findByTestId("connection-problem");
    expect(told.textContent).toContain(where);
    expect(told.textContent).toContain(what);
    expect(onSaved).not.toHaveBeenCalled();
  },
);

test("a connection that could not be deleted is still there, and says why", async () => {
  const { user, backend, onClose } = await openForm({ connection: stagingConnection });
  backend.failNext("delete_connection", problem("keyring_locked"));
  await user.click(screen.getByTestId("connection-delete"));
  await user.click(await screen.findByTestId("connection-delete-confirm"));
  const question = screen.getByRole("alertdialog");
  await waitFor(() => expect(question.querySelector('[data-problem="keyring_locked"]')).not.toBeNull());
  expect(onClose).not.toHaveBeenCalled();
});

test("a new connection has nothing to delete", async () => {
  await openForm();
  expect(screen.queryByTestId("connection-delete")).toBeNull();
});

test("a password goes to no clipboard, not even where it is shown", async () => {
  const { user } = await openForm();
  await navigator.clipboard.writeText("before");
  await fillIn(user);
  await user.click(screen.getByRole("button", { name: "パスワードを表示" }));
  expect(field("password").type, "it is text now").toBe("text");
  for (const keys of ["{Control>}a{/Control}{Control>}c{/Control}", "{Control>}a{/Control}{Control>}x{/Control}"]) {
    await user.click(field("password"));
    await user.keyboard(keys);
    await user.copy();
    await user.cut();
    expect(await navigator.clipboard.readText()).toBe("before");
    expect(field("password").value).toBe("pa ss");
  }
});
