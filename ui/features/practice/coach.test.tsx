import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { ProcedurePhase } from "../../generated/ProcedurePhase";
import { en } from "../../i18n/en";
import { ja } from "../../i18n/ja";
import type { FakeBackend } from "../../ipc/fake";
import { closedLive } from "../../ipc/fake";
import { procedureIn } from "../../ipc/fake/procedure";
import { openApp } from "../../testing/app";
import { violations } from "../../testing/axe";
import { coaching, WAY } from "./coach";

const coach = () => screen.getByTestId("coach");
const step = () => coach().dataset.step;
const coached = () => document.querySelector("[data-coached]")?.getAttribute("data-testid") ?? null;

async function guided(query = "state=first&lang=ja") {
  const app = await openApp(query);
  await app.user.click(screen.getByTestId("practise"));
  await screen.findByTestId("coach");
  return app;
}

const stand = (backend: FakeBackend, phase: ProcedurePhase) =>
  act(() => backend.setLive({ procedure: procedureIn(phase, backend.now()) }));

test("the first of the two buttons begins an ordinary night at ten times its speed, with a guide", async () => {
  const { backend } = await guided();
  expect(backend.calls.findLast(({ name }) => name === "connect_practice")?.args).toEqual({
    exercise: { scenario: "ordinary-night", speed: 10 },
  });
  expect([step(), coached()], "the lock is closed").toEqual(["lock", "lock"]);
});

test("leads by what the platform says from the closed lock to what was learnt", async () => {
  const { user, backend } = await guided();
  const way = [step()];
  const click = async (id: string, next: string) => {
    await user.click(await screen.findByTestId(id));
    if (screen.queryByTestId("procedure-act")) await user.click(screen.getByTestId("confirm"));
    await waitFor(() => expect(step()).toBe(next));
    way.push(step());
  };
  await click("lock", "start");
  await click("procedure-start", "drain");
  stand(backend, "point_of_no_return");
  way.push(step());
  await click("procedure-read-only", "gate");
  await click("services-restarted", "quiet");
  stand(backend, "work");
  way.push(step());
  await click("procedure-end-work", "check");
  for (const key of ["work", "services", "users"]) await user.click(screen.getByTestId(`check-${key}`));
  await click("procedure-start-jobs", "watch");
  await click("procedure-stop-watch", "learnt");
  expect(way).toEqual(["lock", "start", "drain", "read_only", "gate", "quiet", "work", "check", "watch", "learnt"]);
  for (const point of ja.practice.coach.learnt.points) expect(coach().textContent).toContain(point);
  await user.click(screen.getByTestId("coach-connect"));
  expect(await screen.findByTestId("connection-form")).toBeTruthy();
  expect(screen.queryByTestId("coach"), "it has said everything").toBeNull();
});

describe("each step", () => {
  test.each([
    ["scheduled", "procedure-start-sooner"],
    ["draining", "running-count"],
    ["point_of_no_return", "procedure-read-only"],
    ["quiet_gate", "services-restarted"],
    ["work", "procedure-end-work"],
    ["checking", "procedure-next"],
    ["watching", "procedure-stop-watch"],
    ["aborted", "procedure-start"],
    ["gave_up", "procedure-start"],
  ] as const)("of %s marks %s, which is in sight", async (phase, target) => {
    const { backend } = await guided();
    stand(backend, phase);
    expect(coached()).toBe(target);
    expect(document.querySelectorAll("[data-coached]")).toHaveLength(1);
    expect(coach().contains(document.querySelector("[data-coached]"))).toBe(false);
  });

  test.each(["stopping_jobs", "going_read_only", "ending_read_only", "starting_jobs"] as const)(
    "%s is waited for: nothing is marked",
    async (phase) => {
      const { backend } = await guided();
      stand(backend, phase);
      expect([step(), coached()]).toEqual(["read_back", null]);
    },
  );

  test("says what is seen, what to do and why, names the buttons by their words, and can be read by everybody", async () => {
    for (const [language, messages] of [
      ["ja", ja],
      ["en", en],
    ] as const) {
      const { backend, unmount } = await guided(`state=first&lang=${language}`);
      for (const phase of ["draining", "quiet_gate", "work", "finished"] as const) {
        stand(backend, phase);
        if (phase !== "finished") {
          const { seen, todo, why } =
            messages.practice.coach.steps[phase === "draining" ? "drain" : phase === "work" ? "work" : "gate"];
          for (const words of [seen, todo, why]) expect(coach().textContent).toContain(words);
        }
        expect(await violations()).toEqual([]);
      }
      expect(messages.practice.coach.steps.work.todo).toContain(messages.procedure.buttons.endWork);
      unmount();
    }
  });
});

test("every phase has its place, and the places never go back", () => {
  const phases: ProcedurePhase[] = [
    "not_started",
    "stopping_jobs",
    "draining",
    "point_of_no_return",
    "going_read_only",
    "quiet_gate",
    "work",
    "ending_read_only",
    "checking",
    "starting_jobs",
    "watching",
    "finished",
  ];
  const open = { ...closedLive, phase: { phase: "open" } } as const;
  const places = phases.map((phase) => coaching({ ...open, procedure: procedureIn(phase, 0) }, false).place);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect([coaching(open, true).place, places.at(-1)]).toEqual([1, WAY]);
  expect(coaching(closedLive, true).step, "nothing was read yet").toBe("opening");
});

describe("the guide ends", () => {
  test("when it is left, and leaves everything else as it is", async () => {
    const { user, backend } = await guided();
    stand(backend, "draining");
    const before = backend.live;
    await user.click(screen.getByTestId("coach-leave"));
    expect([screen.queryByTestId("coach"), coached()]).toEqual([null, null]);
    expect(backend.live).toBe(before);
  });

  test("with another exercise or another platform", async () => {
    const { user, backend } = await guided();
    stand(backend, "finished");
    await user.click(screen.getByTestId("coach-another"));
    await user.click(await screen.findByTestId("exercise-stuck-job"));
    await user.click(screen.getByTestId("practice-start"));
    await waitFor(() =>
      expect(within(screen.getByTestId("connection-bar")).queryByText(/終わらないジョブ/)).toBeTruthy(),
    );
    expect(screen.queryByTestId("coach")).toBeNull();
    await user.click(screen.getByTestId("connection-menu"));
    await user.click(await screen.findByTestId("menu-practice"));
    await user.click(await screen.findByTestId("practice-guided"));
    expect(await screen.findByTestId("coach"), "it can be had again").toBeTruthy();
    act(() =>
      backend.setLive({
        connection: backend.live.connection && { ...backend.live.connection, id: "x", environment: "production" },
      }),
    );
    expect(screen.queryByTestId("coach")).toBeNull();
  });
});
