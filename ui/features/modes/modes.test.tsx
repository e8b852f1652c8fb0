import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import type { Problem } from "../../generated/Problem";
import type { ProblemCode } from "../../generated/ProblemCode";
import type { SwitchOutcome } from "../../generated/SwitchOutcome";
import { problem } from "../../ipc";
import { developmentConnection, FakeBackend, productionConnection, stagingConnection } from "../../ipc/fake";
import { violations } from "../../testing/axe";
import { renderWith } from "../../testing/render";
import { ChooseDialog, ConfirmDialog, ModeCard, SwitchOutcomeAlert, useModeSwitch } from ".";

function Modes() {
  const modeSwitch = useModeSwitch();
  const { step, finished } = modeSwitch;
  return (
    <main>
      <h1>test</h1>
      <ModeCard mode="job_stop" modeSwitch={modeSwitch} />
      <ModeCard mode="read_only" modeSwitch={modeSwitch} />
      {finished && <SwitchOutcomeAlert finished={finished} onDismiss={modeSwitch.dismiss} />}
      {step.step === "confirming" && (
        <ConfirmDialog plan={step.plan} isAgain={step.isAgain} modeSwitch={modeSwitch} target={null} />
      )}
      {step.step === "choosing" && <ChooseDialog mode={step.mode} modeSwitch={modeSwitch} target={null} />}
    </main>
  );
}

async function open(connection = stagingConnection, prepare: (backend: FakeBackend) => void = () => {}) {
  const backend = new FakeBackend();
  backend.open(connection);
  prepare(backend);
  await renderWith(<Modes />, backend);
  const sent = () => backend.calls.filter((call) => call.name === "switch_mode");
  return { backend, sent, user: userEvent.setup() };
}

const jobStop = () => screen.getByTestId("mode-job-stop");
const readOnly = () => screen.getByTestId("mode-read-only");
const checked = (element: HTMLElement) => element.getAttribute("aria-checked");

test("a flag that is missing shows as mixed, neither on nor off", async () => {
  await open(stagingConnection, (backend) => {
    backend.world.flags = { job_stop: true, read_only: null };
    backend.poll();
  });
  expect(checked(jobStop())).toBe("true");
  expect(checked(readOnly())).toBe("mixed");
  expect(readOnly().getAttribute("role")).toBe("switch");
});

test("an answer without a flag says what it was last, beside that it is not known", async () => {
  await open(stagingConnection, (backend) => {
    backend.world.flags = { job_stop: true, read_only: false };
    backend.poll();
    backend.pollProblem = problem("flag_missing");
    backend.poll();
  });
  expect(checked(jobStop())).toBe("mixed");
  expect(screen.getByText(/^最後に分かった値：ON（\d\d:\d\d:\d\d）$/)).toBeTruthy();
  expect(screen.queryByText(/時点（その後は不明）/), "it was known at that time").toBeNull();
});

test("a value of another day says of which", async () => {
  const { backend } = await open();
  const { modes } = backend.live;
  const at = Date.now() - 3 * 86_400_000;
  const job_stop = { state: "stale", value: true, at, since: at, problem: problem("timed_out") } as const;
  act(() => backend.setLive({ modes: { ...modes, job_stop } }));
  expect(screen.getByText(/^\d\d\/\d\d \d\d:\d\d:\d\d 時点（その後は不明）$/)).toBeTruthy();
});

test("read-only that is on does not say that everything has stopped", async () => {
  await open(stagingConnection, (backend) => {
    backend.world.flags = { job_stop: true, read_only: true };
    backend.poll();
  });
  expect(screen.getByText(/最長 83 分/)).toBeTruthy();
});

describe("job stop off", () => {
  const dialog = () => screen.getByRole("alertdialog").textContent ?? "";

  test.each([
    [false, "待っていたジョブが、いっせいに始まります。", "読み取り専用が"],
    [true, "読み取り専用が ON の間は、ジョブもバナーも変わりません。", "いっせいに"],
  ])("says what follows while read-only is %s", async (read_only, said, unsaid) => {
    const { user } = await open(stagingConnection, (backend) => {
      backend.world.flags = { job_stop: true, read_only };
      backend.poll();
    });
    await user.click(jobStop());
    await screen.findByTestId("confirm");
    expect(dialog()).toContain(said);
    expect(dialog()).not.toContain(unsaid);
    expect(dialog(), "the figures carry their age").toMatch(/Conductor 2 件 \d+ 秒前/);
  });

  test("promises nothing while nobody knows whether read-only is on", async () => {
    const { user } = await open(stagingConnection, (backend) => {
      backend.world.flags = { job_stop: true, read_only: null };
      backend.poll();
    });
    await user.click(jobStop());
    await screen.findByTestId("confirm");
    expect(dialog()).toContain("読み取り専用が OFF なら、待っていたジョブがいっせいに始まります。");
  });
});

test("a failed read keeps the last value and says that it is old", async () => {
  await open(stagingConnection, (backend) => {
    backend.pollProblem = problem("timed_out");
    backend.poll();
  });
  expect(checked(jobStop()), "the last value stays").toBe("false");
  expect(screen.getAllByText(/時点（その後は不明）/), "both cards say so").toHaveLength(2);
});

test("the switch moves only when the platform's read-back says so", async () => {
  const { backend, user, sent } = await open();
  const release = backend.hold("switch_mode");
  await user.click(jobStop());
  expect(checked(jobStop()), "a click asks").toBe("false");
  await user.click(await screen.findByTestId("confirm"));
  expect(sent()).toHaveLength(1);
  expect(checked(jobStop()), "the request is on its way, nothing is confirmed").toBe("false");
  release();
  await waitFor(() => expect(checked(jobStop())).toBe("true"));
  expect((await screen.findByTestId("switch-outcome")).textContent).toContain(
    "サーバーサイドジョブ停止を ON にしました。",
  );
});

test("two clicks in a row send one request", async () => {
  const { backend, user, sent } = await open(developmentConnection);
  const release = backend.hold("plan_switch");
  await user.dblClick(jobStop());
  release();
  await waitFor(() => expect(sent()).toHaveLength(1));
  await waitFor(() => expect(checked(jobStop())).toBe("true"));
  expect(sent(), "development switches at once, and once").toHaveLength(1);
});

test("production asks for its lock before anything is sent", async () => {
  const { user, sent } = await open(productionConnection);
  await user.click(jobStop());
  const confirm = await screen.findByTestId("confirm");
  expect(confirm.hasAttribute("disabled"), "the lock is closed").toBe(true);
  expect(await violations()).toEqual([]);
  await user.click(screen.getByRole("button", { name: "ロックを開ける" }));
  await waitFor(() => expect(confirm.hasAttribute("disabled")).toBe(false));
  await user.click(confirm);
  await waitFor(() => expect(sent()).toHaveLength(1));
});

test("a lock that expires under an open confirmation closes it", async () => {
  const { user, backend } = await open(productionConnection);
  act(() => backend.setLive({ lock_open_until: Date.now() + 15 * 60_000 }));
  await user.click(jobStop());
  const confirm = await screen.findByTestId("confirm");
  expect(confirm.hasAttribute("disabled")).toBe(false);
  act(() => backend.setLive({ lock_open_until: Date.now() - 60_000 }));
  expect(confirm.hasAttribute("disabled")).toBe(true);
  expect(screen.getByTestId("confirm-open-lock")).toBeTruthy();
});

test("read-only while jobs run asks for the name, to the letter", async () => {
  const { user, sent } = await open();
  await user.click(readOnly());
  const name = await screen.findByTestId("confirm-name");
  expect(screen.getByText("ジョブが実行中です。")).toBeTruthy();
  await user.type(name, "検証IT");
  expect(screen.getByTestId("confirm").hasAttribute("disabled"), "not yet the whole name").toBe(true);
  await user.keyboard("{Enter}");
  expect(sent(), "Enter does not get round it").toHaveLength(0);
  await user.type(name, "A{Enter}");
  await waitFor(() => expect(sent()).toHaveLength(1));
  expect(sent()[0]?.args).toMatchObject({ consent: { typed_name: "検証ITA" } });
});

test.each<[string, string]>([
  ["a double click", "click"],
  ["Enter twice", "enter"],
])("%s on the confirmation sends one request", async (_name, way) => {
  const { user, sent, backend } = await open();
  const release = backend.hold("switch_mode");
  await user.click(jobStop());
  const confirm = await screen.findByTestId("confirm");
  if (way === "click") await user.dblClick(confirm);
  else {
    confirm.focus();
    await user.keyboard("{Enter}{Enter}");
  }
  release();
  await waitFor(() => expect(checked(jobStop())).toBe("true"));
  expect(sent()).toHaveLength(1);
});

test("Enter twice after the typed name sends one request", async () => {
  const { user, sent, backend } = await open();
  const release = backend.hold("switch_mode");
  await user.click(readOnly());
  await user.type(await screen.findByTestId("confirm-name"), "検証ITA{Enter}{Enter}");
  release();
  await waitFor(() => expect(checked(readOnly())).toBe("true"));
  expect(sent()).toHaveLength(1);
});

test("a name that differs is said, a blank behind it too", async () => {
  const { user, sent } = await open();
  await user.click(readOnly());
  await user.type(await screen.findByTestId("confirm-name"), "検証ITA ");
  expect(screen.getByText("名前が一致しません。")).toBeTruthy();
  expect(screen.getByTestId("confirm").hasAttribute("disabled")).toBe(true);
  await user.keyboard("{Enter}");
  expect(sent()).toHaveLength(0);
});

test("escape leaves the confirmation and sends nothing", async () => {
  const { user, sent } = await open();
  await user.click(jobStop());
  await screen.findByTestId("confirm");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("confirm")).toBeNull());
  expect(sent()).toHaveLength(0);
});

test("an unknown mode asks for the direction instead of guessing it", async () => {
  const { user, backend } = await open(stagingConnection, (fake) => {
    fake.world.flags = { job_stop: null, read_only: false };
    fake.poll();
  });
  await user.click(jobStop());
  await user.click(await screen.findByTestId("choose-off"));
  await screen.findByTestId("confirm");
  expect(backend.calls).toContainEqual({ name: "plan_switch", args: { mode: "job_stop", on: false } });
});

test.each([
  ["contradicted, with its knob in the middle", "error_in_disguise", "mixed"],
  ["only old, with its knob where it was", "timed_out", "false"],
] as const)("a mode that is %s is not silently turned round", async (_name, code, knob) => {
  const { user, backend, sent } = await open(developmentConnection, (fake) => {
    fake.pollProblem = problem(code);
    fake.poll();
  });
  expect(checked(jobStop())).toBe(knob);
  await user.click(jobStop());
  await user.click(await screen.findByTestId("choose-off"));
  await waitFor(() => expect(sent()).toHaveLength(1));
  expect(backend.calls, "the last value was off; nobody turned it to on").not.toContainEqual({
    name: "plan_switch",
    args: { mode: "job_stop", on: true },
  });
});

test("an off that may be a lie says so, and can be sent as off for all that", async () => {
  const { user, backend, sent } = await open(developmentConnection, (fake) => {
    fake.setLive({ suspect: { job_stop: fake.now(), read_only: null } });
  });
  expect(screen.getByText("OFF？")).toBeTruthy();
  expect(screen.getByText(/から値は OFF ですが/)).toBeTruthy();
  expect(checked(jobStop()), "drawn as not known").toBe("mixed");
  await user.click(jobStop());
  expect((await screen.findByRole("dialog")).textContent).toContain("設定表を読めていないおそれがあります");
  expect(sent(), "a click alone turns nothing round").toHaveLength(0);
  await user.click(screen.getByTestId("choose-off"));
  await waitFor(() => expect(sent()).toHaveLength(1));
  expect(sent()[0]?.args).toMatchObject({ mode: "job_stop", on: false });
  act(() => backend.setLive({ suspect: { job_stop: null, read_only: null } }));
  await user.click(readOnly());
  expect(screen.queryByTestId("choose-off"), "the other one is as it says").toBeNull();
});

test("what users will see is not known while the other mode's off may be a lie", async () => {
  const { user } = await open(stagingConnection, (fake) => {
    fake.setLive({ suspect: { job_stop: null, read_only: fake.now() } });
  });
  await user.click(jobStop());
  expect((await screen.findByRole("alertdialog")).textContent).toContain(
    "もう一方のモードが不明なため、分かりません。",
  );
});

test.each<[string, Problem | Error]>([
  ["a defect", problem("internal")],
  ["a way to the core that broke", new Error("ipc")],
])("%s leaves the outcome unknown, not refused", async (_name, rejection) => {
  const { user, backend } = await open(developmentConnection);
  backend.answer("switch_mode", () => Promise.reject(rejection));
  await user.click(jobStop());
  expect((await screen.findByTestId("switch-outcome")).textContent).toContain("結果不明");
  expect(checked(jobStop()), "still what the platform last said").toBe("false");
});

test.each<ProblemCode>(["lock_closed", "login_refused", "certificate_changed", "timed_out", "keyring_locked"])(
  "the core rejects %s before it sends, so nothing was switched",
  async (code) => {
    const { user, backend } = await open(developmentConnection);
    backend.failNext("switch_mode", problem(code));
    await user.click(jobStop());
    expect((await screen.findByTestId("switch-outcome")).textContent).toContain("切り替わりませんでした");
  },
);

test.each<[SwitchOutcome, string]>([
  [{ outcome: "already" }, "すでに ON でした"],
  [{ outcome: "refused", problem: problem("refused_by_platform") }, "切り替わりませんでした"],
  [{ outcome: "without_effect", read_back: { job_stop: false, read_only: null } }, "読み取り専用 不明"],
  [{ outcome: "unknown", problem: problem("unreachable") }, "結果不明"],
])("the outcome %o is told in words", async (outcome, words) => {
  const finished = { mode: "job_stop", on: true, outcome, at: 0 } as const;
  await renderWith(<SwitchOutcomeAlert finished={finished} onDismiss={() => {}} />);
  expect(screen.getByTestId("switch-outcome").textContent).toContain(words);
});

test("an open confirmation follows what happens, and keeps what was typed", async () => {
  const { user, backend } = await open();
  await user.click(readOnly());
  await user.type(await screen.findByTestId("confirm-name"), "検証");
  expect(screen.getByText(/実行中のジョブ 3 件/)).toBeTruthy();
  backend.world.jobs = backend.world.jobs.slice(0, 1);
  act(() => backend.poll());
  expect(await screen.findByText(/実行中のジョブ 1 件/)).toBeTruthy();
  backend.pollProblem = problem("error_in_disguise");
  act(() => backend.poll());
  expect(await screen.findByText("実行中の件数が分かりません。"), "a danger that came meanwhile").toBeTruthy();
  expect(screen.getByTestId<HTMLInputElement>("confirm-name").value).toBe("検証");
});

test("a confirmation that no longer suffices is asked for again with what is true now", async () => {
  const { user, backend, sent } = await open(developmentConnection, (fake) => {
    fake.world.flags = { job_stop: true, read_only: false };
    fake.world.jobs = [];
    fake.poll();
  });
  // A job begins between the plan and the switch.
  const release = backend.hold("switch_mode");
  await user.click(readOnly());
  await waitFor(() => expect(sent()).toHaveLength(1));
  backend.world.seed(backend.now());
  act(() => backend.poll());
  release();
  expect(await screen.findByTestId("confirm-again")).toBeTruthy();
  expect(screen.queryByTestId("switch-outcome"), "it is a question, not an outcome").toBeNull();
  await user.type(screen.getByTestId("confirm-name"), "開発ITA{Enter}");
  await waitFor(() => expect(checked(readOnly())).toBe("true"));
});

test("another connection drops the question about the old one", async () => {
  const { user, backend } = await open();
  await user.click(jobStop());
  await screen.findByTestId("confirm");
  backend.open(productionConnection);
  await waitFor(() => expect(screen.queryByTestId("confirm"), "it named the other platform").toBeNull());
});
