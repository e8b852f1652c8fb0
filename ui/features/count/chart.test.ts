import { expect, test } from "vitest";
import { chartShape } from "./chart";

test("a count that fell is drawn as steps from left to right, zero at the bottom", () => {
  const shape = chartShape(
    [
      { at: 0, count: 2 },
      { at: 50, count: 0 },
    ],
    100,
    200,
    50,
  );
  expect(shape.segments.map((segment) => segment.line)).toEqual(["M0 5H100V49H200"]);
  expect(shape.gaps).toEqual([]);
});

test("an unknown poll breaks the line instead of being drawn as zero", () => {
  const shape = chartShape(
    [
      { at: 0, count: 3 },
      { at: 20, count: null },
      { at: 60, count: 3 },
    ],
    100,
    100,
    50,
  );
  expect(shape.segments, "one run before and one after the gap").toHaveLength(2);
  expect(shape.gaps).toEqual([{ x: 20, width: 40 }]);
});

test("nothing polled draws nothing", () => {
  expect(chartShape([], 100, 100, 50)).toEqual({ segments: [], gaps: [] });
});
