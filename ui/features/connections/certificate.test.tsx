import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Problem } from "../../generated/Problem";
import { problem } from "../../ipc";
import { FakeBackend, otherPin, pinnedLeaf, productionConnection, selfSigned, stagingConnection } from "../../ipc/fake";
import { violations } from "../../testing/axe";
import { renderWith } from "../../testing/render";
import { CertificateDialog } from ".";

const untrusted = problem("certificate_untrusted", { certificate: selfSigned() });
const changed = problem("certificate_changed", {
  certificate: selfSigned(),
  expected_sha256: otherPin,
  expected_leaf: pinnedLeaf,
});

async function open(cause: Problem, connection = productionConnection) {
  const backend = new FakeBackend();
  backend.connections = [connection];
  const onPinned = vi.fn();
  const onClose = vi.fn();
  await renderWith(
    <main>
      <h1>test</h1>
      <CertificateDialog connection={connection} problem={cause} onPinned={onPinned} onClose={onClose} />
    </main>,
    backend,
  );
  const saved = () => backend.calls.filter(({ name }) => name === "save_connection");
  return { backend, onPinned, onClose, saved, user: userEvent.setup() };
}

const pin = () => screen.getByTestId<HTMLButtonElement>("pin-certificate");
const fingerprints = () =>
  [...document.querySelectorAll<HTMLElement>("[data-sha256]")].map(({ dataset }) => dataset.sha256);

test("a changed certificate is a hard stop with old and new side by side", async () => {
  await open(changed);
  expect(screen.getByRole("alertdialog", { name: "サーバー証明書が変わりました" })).toBeTruthy();
  expect(fingerprints()).toEqual([otherPin, selfSigned().sha256]);
  expect(pin().disabled).toBe(true);
  expect(await violations()).toEqual([]);
});

test("both sides of a change say whose they are and from when to when", async () => {
  await open(changed);
  const [before, now] = [...document.querySelectorAll<HTMLElement>(".pin-compare .certificate")];
  expect(before?.textContent).toContain("2025/11/01");
  expect(before?.textContent).toContain("CN=ita-admin.example.co.jp");
  expect(now?.textContent).not.toContain("2025/11/01");
  expect(now?.textContent).toContain("まで");
});

test("a pin from before its certificate was remembered says that only the fingerprint is on record", async () => {
  await open(problem("certificate_changed", { certificate: selfSigned(), expected_sha256: otherPin }));
  expect(fingerprints()).toEqual([otherPin, selfSigned().sha256]);
  expect(screen.getByText(/対象と有効期間の記録はありません。/)).toBeTruthy();
});

test("a key that anybody could forge is refused without a pin to offer", async () => {
  const certificate = selfSigned({ objection: "WeakKey" });
  await open(problem("certificate_untrusted", { certificate }), stagingConnection);
  expect(screen.getByText(/鍵が短すぎます/)).toBeTruthy();
  expect(screen.queryByTestId("pin-certificate")).toBeNull();
});

test("nothing that pins has the focus when a certificate is shown", async () => {
  await open(untrusted, stagingConnection);
  expect(document.activeElement).not.toBe(pin());
  expect(pin().type, "no form's default").toBe("button");
});

test("Enter does not go on with a changed certificate, however often", async () => {
  const { user, saved } = await open(changed);
  await user.keyboard("{Enter}{Enter}{Enter}");
  expect(saved()).toHaveLength(0);
});

test("a new pin needs the word that it was checked, and its own click", async () => {
  const { user, saved, onPinned } = await open(changed);
  await user.click(screen.getByTestId("pin-confirmed"));
  await user.keyboard("{Enter}");
  expect(saved(), "the consent alone changes nothing").toHaveLength(0);
  await user.click(pin());
  await waitFor(() => expect(onPinned).toHaveBeenCalledOnce());
  expect(saved()[0]?.args).toMatchObject({
    draft: {
      id: productionConnection.id,
      certificate: {
        kind: "pinned",
        sha256: selfSigned().sha256,
        accept_expired: false,
        leaf: { subject: selfSigned().subject, issuer: selfSigned().issuer },
      },
    },
    password: null,
  });
});

test("an untrusted certificate is shown whole, and Escape leaves without a pin", async () => {
  const { user, onClose, saved } = await open(untrusted, stagingConnection);
  expect(screen.getByRole("alertdialog", { name: "サーバー証明書の確認" }).textContent).toContain("UnknownIssuer");
  expect(screen.getByText(/自己署名証明書です。/)).toBeTruthy();
  expect(fingerprints()).toEqual([selfSigned().sha256]);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(saved()).toHaveLength(0);
});

test("a pin that could not be saved says why and stays open", async () => {
  const { user, backend, onPinned } = await open(untrusted, stagingConnection);
  backend.failNext("save_connection", problem("internal"));
  await user.click(pin());
  await waitFor(() => expect(document.querySelector('[data-problem="internal"]')).not.toBeNull());
  expect(onPinned).not.toHaveBeenCalled();
});

test("a certificate of the past needs a second consent", async () => {
  const certificate = selfSigned({ not_after: Date.now() - 86_400_000, objection: "Expired" });
  const { user } = await open(problem("certificate_untrusted", { certificate }), stagingConnection);
  expect(pin().disabled).toBe(true);
  expect(screen.getByText("有効期限が切れています。")).toBeTruthy();
  await user.click(screen.getByTestId("pin-accept-expired"));
  expect(pin().disabled).toBe(false);
});
