/** How a series looks in its drawing: colour and dash, or a filled square. */
import type { ChartType, Series } from "../sync/charts";

/** The dashes of series, in order; the theme of the drawings has the same (dynreports/views/charts/theme.py). */
export const DASHES = ["", "6 4", "2 3", "8 3 2 3"] as const;

export function Swatch({ type, series }: { type: ChartType; series: Pick<Series, "color" | "dash"> }) {
  const color = `var(--dr-c${series.color})`;
  if (type === "line")
    return (
      <svg className="dr-swatch-line" viewBox="0 0 22 8" aria-hidden="true">
        <path
          d="M1 4H21"
          stroke={color}
          strokeWidth={2}
          strokeDasharray={DASHES[series.dash % 4]}
          fill="none"
        />
      </svg>
    );
  return <i className="dr-swatch" aria-hidden="true" style={{ background: color }} />;
}
