import { expect, test } from "vitest";
import { ja } from "../../i18n/ja";
import { problem } from "../../ipc";
import { FakeBackend, productionConnection } from "../../ipc/fake";
import { recommendedSteps } from "./steps";

function steps(prepare: (backend: FakeBackend) => void) {
  const backend = new FakeBackend(() => 1_000_000);
  backend.open(productionConnection);
  prepare(backend);
  return recommendedSteps(backend.live, ja.procedure);
}

const done = (list: ReturnType<typeof steps>) => list.filter((step) => step.isDone).map((step) => step.key);
const next = (list: ReturnType<typeof steps>) => list.find((step) => step.isNext)?.key;

test("with everything off, stopping jobs is next, whatever the count", () => {
  const list = steps((backend) => {
    backend.world.jobs = [];
    backend.poll();
  });
  expect(done(list), "zero without job stop is not drained: a job may start any moment").toEqual([]);
  expect(next(list)).toBe("stop");
});

test("job stop on and nothing counted left leads to read-only", () => {
  const list = steps((backend) => {
    backend.world.flags = { job_stop: true, read_only: false };
    backend.world.jobs = [];
    backend.poll();
  });
  expect(done(list)).toEqual(["stop", "drain"]);
  expect(next(list)).toBe("read_only");
});

test("a count that is not known is not drained", () => {
  const list = steps((backend) => {
    backend.world.flags = { job_stop: true, read_only: false };
    backend.world.jobs = [];
    backend.poll();
    backend.pollProblem = problem("error_in_disguise");
    backend.poll();
  });
  expect(done(list), "stale values prove nothing").toEqual([]);
  expect(list[1]?.tone).toBe("unknown");
});

test("read-only with jobs left says that the count may not fall", () => {
  const list = steps((backend) => {
    backend.world.flags = { job_stop: true, read_only: true };
    backend.poll();
  });
  expect(list[1]?.hint).toBe(ja.procedure.frozen);
});

test("a figure carries when it was read", () => {
  const [, drain] = steps(() => {});
  expect(drain).toMatchObject({ hint: ja.procedure.running(3), at: 1_000_000 });
});
