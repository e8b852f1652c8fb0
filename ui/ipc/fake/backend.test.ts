import { expect, test } from "vitest";
import { problem } from "..";
import { FakeBackend, productionConnection } from ".";

/** The phases in the order in which a window hears of them, however often. */
async function phasesOf(act: (backend: FakeBackend) => void): Promise<string[]> {
  const backend = new FakeBackend();
  const phases: string[] = [];
  await backend.listen("live", ({ phase }) => {
    if (phases.at(-1) !== phase.phase) phases.push(phase.phase);
  });
  act(backend);
  return phases;
}

test.each([
  ["good", null],
  ["bad", problem("timed_out")],
])("a connection is opening until its first attempt, and open after a %s one", async (_name, pollProblem) => {
  const phases = await phasesOf((backend) => {
    backend.pollProblem = pollProblem;
    backend.open(productionConnection);
    backend.poll();
  });
  expect(phases).toEqual(["opening", "open"]);
});

test("a plan is dangerous by the figure that decides, not by the rows that are listed", async () => {
  const backend = new FakeBackend();
  backend.world.flags = { job_stop: true, read_only: false };
  backend.open(productionConnection);
  const { running } = backend.live;
  if (running.state !== "known") throw new Error("the first poll succeeds");
  const dangersWith = async (value: Partial<typeof running.value>) => {
    backend.setLive({ running: { ...running, value: { ...running.value, ...value } } });
    return (await backend.call("plan_switch", { mode: "read_only", on: true })).dangers;
  };
  expect(await dangersWith({ reported: 4, counted: 0, unclassified: 0, deciding: 4 })).toEqual(["jobs_running"]);
  expect(await dangersWith({ reported: 0, counted: 0, unclassified: 0, deciding: 0 })).toEqual([]);
});
