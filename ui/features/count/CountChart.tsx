import { useId } from "react";
import { useFormat, useMessages } from "../../i18n";
import { useLive } from "../../state";
import { chartShape } from "./chart";

const WIDTH = 240;
const HEIGHT = 54;
/** Below a minute the chart says nothing about time yet. */
const SHORTEST_SPAN = 60_000;

/** The deciding count over this session's polls. What was not known is hatched. */
export function CountChart() {
  const { count } = useMessages();
  const format = useFormat();
  const points = useLive((live) => live.history);
  const id = useId();
  const newest = points.at(-1);
  if (!newest) return null;
  const known = points.filter((point) => point.count !== null);
  const shape = chartShape(points, newest.at + 1, WIDTH, HEIGHT);
  const first = known[0]?.count;
  const last = known.at(-1)?.count;
  const label =
    first == null || last == null
      ? count.chart
      : count.chartText(format.number(first), format.number(last), format.number(points.length));

  const span = newest.at - (points[0]?.at ?? newest.at);
  return (
    <figure className="count-trend">
      <svg
        className="count-chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <defs>
          <linearGradient id={`${id}-area`} x1="0" x2="0" y1="0" y2="1">
            <stop offset="0" stopColor="var(--accent)" stopOpacity="0.28" />
            <stop offset="1" stopColor="var(--accent)" stopOpacity="0" />
          </linearGradient>
          <pattern id={`${id}-gap`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="3" height="8" fill="var(--unknown)" opacity="0.35" />
          </pattern>
        </defs>
        {shape.gaps.map((gap) => (
          <rect key={gap.x} x={gap.x} y={0} width={gap.width} height={HEIGHT} fill={`url(#${id}-gap)`} />
        ))}
        {shape.segments.map((segment) => (
          <g key={segment.line}>
            <path d={segment.area} fill={`url(#${id}-area)`} />
            <path d={segment.line} className="count-line" />
          </g>
        ))}
        <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="count-base" />
      </svg>
      {span >= SHORTEST_SPAN && <figcaption>{count.chartSpan(format.duration(span))}</figcaption>}
    </figure>
  );
}
