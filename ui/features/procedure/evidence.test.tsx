import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { problem } from "../../ipc";
import type { FakeBackend } from "../../ipc/fake";
import { openApp } from "../../testing/app";
import { violations } from "../../testing/axe";

const asked = (backend: FakeBackend) =>
  backend.calls.filter(({ name }) => name === "export_evidence").map(({ args }) => args);
const button = () => screen.queryByTestId("procedure-evidence");

test.each([
  ["procedure-drain", false],
  ["procedure-gate", false],
  ["procedure-work", true],
  ["procedure-watching", true],
  ["procedure-finished", true],
  ["procedure-gaveup", true],
  ["procedure-aborted", true],
])("%s offers the evidence: %s", async (state, isOffered) => {
  await openApp(`state=${state}&lang=ja`);
  expect(button() !== null).toBe(isOffered);
});

test.each([
  ["ja", "作業記録を出力しました（6 ファイル）。"],
  ["en", "Evidence written: 6 files."],
])("one click writes it in the language of the window and says where it is (%s)", async (lang, done) => {
  const { backend, user } = await openApp(`state=procedure-finished&lang=${lang}`);
  await user.click(screen.getByTestId("procedure-evidence"));
  const result = await screen.findByTestId("procedure-evidence-result");
  expect(result.textContent).toContain(done);
  expect(result.textContent).toContain(`/home/tanaka/作業報告/maintenance_evidence_${lang}`);
  expect(asked(backend)).toEqual([{ language: lang, chooseTarget: false }]);
  expect(await violations()).toEqual([]);
});

test("with a fixed folder another one can be chosen for once", async () => {
  const { backend, user } = await openApp("state=procedure-finished&lang=ja", (it) => {
    it.preferences = { ...it.preferences, export_folder: "/home/tanaka/作業報告" };
  });
  expect(button()?.textContent, "nothing will be asked").toBe("作業記録を出力");
  await user.click(screen.getByTestId("procedure-evidence-elsewhere"));
  await screen.findByTestId("procedure-evidence-result");
  expect(asked(backend)).toEqual([{ language: "ja", chooseTarget: true }]);
});

test("lists that are missing are said, and so is a pack that could not be written", async () => {
  const { backend, user } = await openApp("state=procedure-finished&lang=ja");
  backend.missingLists = ["zero", "reopen"];
  await user.click(screen.getByTestId("procedure-evidence"));
  expect((await screen.findByTestId("procedure-evidence-result")).textContent).toContain(
    "入っていない一覧があります：0 件の確認時、再開時。",
  );
  expect(await violations()).toEqual([]);
  backend.failNext("export_evidence", problem("file_not_written", { reason: "/x: No space left on device" }));
  await user.click(screen.getByTestId("procedure-evidence"));
  expect((await screen.findByTestId("procedure-evidence-problem")).textContent).toContain("書き込めませんでした");
  expect(screen.queryByTestId("procedure-evidence-result")).toBeNull();
});

test("a dialog that was cancelled leaves everything as it was", async () => {
  const { backend, user } = await openApp("state=procedure-finished&lang=ja");
  backend.cancelsDialogs = true;
  await user.click(screen.getByTestId("procedure-evidence"));
  await expect.poll(() => asked(backend).length).toBe(1);
  expect(screen.queryByTestId("procedure-evidence-result")).toBeNull();
});
