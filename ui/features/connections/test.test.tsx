import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { StepResult } from "../../generated/StepResult";
import type { TestStep } from "../../generated/TestStep";
import { problem } from "../../ipc";
import type { Commands } from "../../ipc/contract";
import {
  type FakeBackend,
  otherPin,
  productionConnection,
  selfSigned,
  stagingConnection,
  testReport,
  testReportNamed,
} from "../../ipc/fake";
import { violations } from "../../testing/axe";
import { field, fill, openForm } from "../../testing/connections";

const step = (name: TestStep) => {
  const found = document.querySelector<HTMLElement>(`[data-step="${name}"]`);
  if (!found) throw new Error(`no step ${name}`);
  return found;
};
const outcomes = () => [...document.querySelectorAll<HTMLElement>("[data-step]")].map(({ dataset }) => dataset.outcome);
const pin = () => screen.getByTestId<HTMLButtonElement>("pin-certificate");

async function openTest(steps: StepResult[], connection = productionConnection) {
  const opened = await openForm({ connection, prepare: (backend) => (backend.testSteps = steps) });
  return opened;
}

async function runTest(user: UserEvent) {
  await user.click(screen.getByTestId("connection-test"));
  await waitFor(() => expect(outcomes()).not.toContain("waiting"));
  await waitFor(() => expect(outcomes()).not.toContain("running"));
}

test("before the test every step waits, and what the test does is said", async () => {
  await openTest(testReport());
  expect(new Set(outcomes())).toEqual(new Set(["waiting"]));
  expect(screen.getByText(/何も変更せずに、アドレスからジョブの読み取りまでを順に確かめます。/)).toBeTruthy();
});

test("every step that passed says so with what it found", async () => {
  const { user, calls } = await openTest(testReport());
  await runTest(user);
  expect(outcomes()).toEqual(Array.from({ length: 9 }, () => "passed"));
  expect(step("name_resolution").textContent).toContain("192.0.2.17, 2001:db8::17");
  expect(step("login").textContent).toContain("トークン");
  expect(step("read_jobs").textContent).toContain("実行中 3 件");
  expect(step("clock").textContent).toContain("時計の差 1 秒");
  expect(step("clock").textContent).toContain("UTC+9 以上");
  expect(calls("test_connection")).toHaveLength(1);
  expect(calls("save_connection"), "a test saves nothing").toHaveLength(0);
  expect(await violations()).toEqual([]);
});

test("steps appear as they end, before the whole test has ended", async () => {
  const { user, backend } = await openTest([]);
  let end = (_steps: StepResult[]) => {};
  backend.answer("test_connection", () => new Promise<StepResult[]>((resolve) => (end = resolve)));
  await user.click(screen.getByTestId("connection-test"));
  await waitFor(() => expect(outcomes()[0]).toBe("running"));
  const [first] = testReport();
  if (!first) throw new Error("a report has steps");
  backend.emit("test_step", { ...first, test: numberOf(backend) });
  await waitFor(() => expect(outcomes().slice(0, 3)).toEqual(["passed", "running", "waiting"]));
  end(testReport());
  await waitFor(() => expect(outcomes().at(-1)).toBe("passed"));
});

/** Under which number the newest test was begun. */
function numberOf({ calls }: FakeBackend): number {
  const { args } = calls.findLast(({ name }) => name === "test_connection") ?? { args: { test: 0 } };
  return (args as Commands["test_connection"]["args"]).test;
}

test("a test can be stopped, and what was not run says so", async () => {
  const { user, backend, calls } = await openTest([]);
  backend.answer("test_connection", () => new Promise<StepResult[]>(() => {}));
  await user.click(screen.getByTestId("connection-test"));
  await waitFor(() => expect(outcomes()[0]).toBe("running"));
  await user.click(screen.getByTestId("connection-test-stop"));
  expect(calls("cancel_test")).toHaveLength(1);
  expect(new Set(outcomes())).toEqual(new Set(["skipped"]));
  expect(screen.getByText("テストを中止しました。")).toBeTruthy();
  expect(screen.queryByTestId("connection-test-stop")).toBeNull();
});

test("a form that is left takes its test with it", async () => {
  const { user, backend, calls, unmount } = await openTest([]);
  backend.answer("test_connection", () => new Promise<StepResult[]>(() => {}));
  await user.click(screen.getByTestId("connection-test"));
  await waitFor(() => expect(calls("test_connection")).toHaveLength(1));
  unmount();
  expect(calls("cancel_test")).toHaveLength(1);
});

test("a form that is left after its test has nothing to stop", async () => {
  const { user, calls, unmount } = await openTest(testReport());
  await runTest(user);
  unmount();
  expect(calls("cancel_test")).toHaveLength(0);
});

test("late steps of a test before are not those of this one", async () => {
  const { user, backend } = await openTest([]);
  backend.answer("test_connection", () => new Promise<StepResult[]>(() => {}));
  await user.click(screen.getByTestId("connection-test"));
  await waitFor(() => expect(outcomes()[0]).toBe("running"));
  const [first, second] = testReport();
  if (!first || !second) throw new Error("a report has steps");
  const test = numberOf(backend);
  backend.emit("test_step", { ...second, test: test - 1 });
  backend.emit("test_step", { ...first, test });
  await waitFor(() => expect(outcomes().slice(0, 3)).toEqual(["passed", "running", "waiting"]));
});

test("a zone that the jobs contradict is a note with the way on", async () => {
  const steps = testReport().map(
    (result): StepResult =>
      result.step === "clock"
        ? {
            ...result,
            outcome: "warned",
            problem: problem("zone_contradicted", { reason: "UTC" }),
            zone: { basis: "contradicted", name: "UTC" },
          }
        : result,
  );
  const { user } = await openTest(steps);
  await runTest(user);
  expect(step("clock").dataset.outcome).toBe("warned");
  expect(step("clock").textContent).toContain("指定の UTC と合いません");
  expect(step("clock").textContent).toContain("指定のタイムゾーンが、ジョブの時刻と合いません。");
});

test.each<[TestStep, Parameters<typeof problem>[0], string]>([
  ["address", "address_invalid", "アドレス"],
  ["name_resolution", "name_not_resolved", "名前"],
  ["reach", "connection_refused", "接続"],
  ["tls", "tls_failed", "TLS"],
  ["site", "wrong_site", "サイト"],
  ["login", "login_refused", "ログイン"],
  ["read_modes", "flag_missing", "モード"],
  ["read_jobs", "error_in_disguise", "ワークスペース"],
])("a failure at %s is told there with cause and remedy, and what follows is not run", async (name, code, word) => {
  const { user } = await openTest(testReport({ step: name, problem: problem(code) }));
  await runTest(user);
  const failed = step(name);
  expect(failed.dataset.outcome).toBe("failed");
  expect(within(failed).getByText("失敗")).toBeTruthy();
  expect(failed.textContent).toContain(word);
  expect(failed.querySelector(`[data-problem="${code}"]`)).not.toBeNull();
  const place = outcomes().indexOf("failed");
  expect(new Set(outcomes().slice(0, place))).toEqual(place > 0 ? new Set(["passed"]) : new Set());
  expect(new Set(outcomes().slice(place + 1))).toEqual(new Set(["skipped"]));
});

test("a refused login names the platform's own result", async () => {
  const { user } = await openTest(testReportNamed("refused"));
  await runTest(user);
  expect(step("login").textContent).toContain("invalid_grant");
  expect(step("login").textContent).toContain("401");
  expect(step("login").querySelector("summary")?.textContent, "without being unfolded").toContain("invalid_grant");
});

test("a note is neither success nor failure", async () => {
  const steps = testReport().map(
    (result): StepResult =>
      result.step === "clock" ? { ...result, note: "95", outcome: "warned", problem: problem("internal") } : result,
  );
  const { user } = await openTest(steps);
  await runTest(user);
  expect(within(step("clock")).getByText("注意")).toBeTruthy();
  expect(step("clock").textContent).toContain("時計の差 95 秒");
});

test("a change after the test says that the results are of before", async () => {
  const { user } = await openTest(testReport());
  await runTest(user);
  await fill(user, "user", "other");
  expect(screen.getByText(/結果は前の入力のものです。/)).toBeTruthy();
});

test("a test that could not be run says why", async () => {
  const { user, backend } = await openTest(testReport());
  backend.failNext("test_connection", problem("internal", { reason: "gone" }));
  await user.click(screen.getByTestId("connection-test"));
  const section = screen.getByRole("region", { name: "接続テスト" });
  await waitFor(() => expect(section.querySelector('[data-problem="internal"]')).not.toBeNull());
});

test("an untrusted certificate shows its fingerprint and can be pinned for this connection", async () => {
  const { user } = await openTest(testReportNamed("untrusted"), stagingConnection);
  await runTest(user);
  const certificate = selfSigned();
  expect(document.querySelector(`[data-sha256="${certificate.sha256}"]`)).not.toBeNull();
  expect(outcomes().slice(5), "no credential has left").toEqual(Array.from({ length: 4 }, () => "skipped"));
  await user.click(pin());
  expect(field("fingerprint").value.replaceAll(" ", "").toLowerCase()).toBe(certificate.sha256);
  expect(screen.getByText("固定しました。もう一度テストしてください。")).toBeTruthy();
});

test("what a pinned certificate said of itself is saved with the pin, until another fingerprint is typed", async () => {
  const { user, calls, backend } = await openTest(testReportNamed("untrusted"), productionConnection);
  await runTest(user);
  await user.click(pin());
  await user.click(screen.getByTestId("connection-test"));
  await waitFor(() => expect(calls("test_connection")).toHaveLength(2));
  const policy = () => backend.calls.findLast(({ name }) => name === "test_connection")?.args;
  const { subject, issuer } = selfSigned();
  expect(policy()).toMatchObject({ draft: { certificate: { leaf: { subject, issuer } } } });
  await fill(user, "fingerprint", otherPin);
  await user.click(screen.getByTestId("connection-test"));
  await waitFor(() => expect(calls("test_connection")).toHaveLength(3));
  expect(policy()).toMatchObject({ draft: { certificate: { sha256: otherPin, leaf: null } } });
});

test("an expired certificate needs a consent of its own", async () => {
  const { user } = await openTest(testReportNamed("expired"), stagingConnection);
  await runTest(user);
  expect(pin().disabled).toBe(true);
  await user.click(screen.getByTestId("pin-accept-expired"));
  await user.click(pin());
  expect(screen.getByTestId<HTMLInputElement>("connection-accept-expired").checked).toBe(true);
});

test("a changed certificate stands beside the pinned one and is not replaced without a consent", async () => {
  const { user } = await openTest(testReportNamed("changed"));
  await runTest(user);
  expect(within(step("tls")).getByText("固定していた証明書")).toBeTruthy();
  expect(within(step("tls")).getByText("サーバーが示した証明書")).toBeTruthy();
  expect(step("tls").querySelector(".pin-compare")?.textContent).toContain("2025/11/01");
  const shown = [...step("tls").querySelectorAll<HTMLElement>(".pin [data-sha256]")].map(
    ({ dataset }) => dataset.sha256,
  );
  expect(shown).toEqual([otherPin, selfSigned().sha256]);
  expect(pin().disabled).toBe(true);
});
