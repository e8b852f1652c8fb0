import type { CountPoint } from "../../generated/CountPoint";

export interface Segment {
  line: string;
  area: string;
}

export interface ChartShape {
  /** Runs of polls whose count is known; between them nothing is known and nothing is drawn. */
  segments: Segment[];
  /** Where nothing is known, as left edge and width. */
  gaps: { x: number; width: number }[];
}

/** Steps of a count over time in a box; time is to scale, zero is the bottom. The newest value lasts to the right edge. */
export function chartShape(points: readonly CountPoint[], now: number, width: number, height: number): ChartShape {
  const first = points[0];
  if (!first) return { segments: [], gaps: [] };
  const span = Math.max(1, now - first.at);
  const top = Math.max(1, ...points.map((point) => point.count ?? 0));
  const x = (at: number) => round(((Math.min(at, now) - first.at) / span) * width);
  const y = (count: number) => round(height - 1 - (count / top) * (height - 6));

  const shape: ChartShape = { segments: [], gaps: [] };
  let run: { x: number; y: number; until: number }[] = [];
  const close = () => {
    if (run.length > 0) shape.segments.push(draw(run, height));
    run = [];
  };
  for (const [index, point] of points.entries()) {
    const start = x(point.at);
    const end = x(points[index + 1]?.at ?? now);
    if (point.count === null) {
      close();
      if (end > start) shape.gaps.push({ x: start, width: round(end - start) });
    } else {
      run.push({ x: start, y: y(point.count), until: end });
    }
  }
  close();
  return shape;
}

function draw(run: readonly { x: number; y: number; until: number }[], height: number): Segment {
  const steps = run
    .map((step, index) => `${index === 0 ? "M" : "H"}${step.x}${index === 0 ? " " : "V"}${step.y}`)
    .join("");
  const start = run[0]?.x ?? 0;
  const end = run.at(-1)?.until ?? start;
  const line = `${steps}H${end}`;
  return { line, area: `${line}V${height}H${start}Z` };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
