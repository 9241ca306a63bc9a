/** How high a chart is that was given no height: pure. */
import type { ChartPayload } from "../sync/charts";

const PLAIN = 250;
const RING = 190;
const FLOW = 300;
/** Of a bar, of each further one beside it, and of the axis below them. */
const BAR = 26;
const BESIDE = 12;
const AXIS = 36;
const MOST = 640;

export function heightOf({ type, figures, series }: ChartPayload): number {
  if (type === "donut") return RING;
  if (type === "flow") return FLOW;
  if (type !== "bullet" && !type.startsWith("horizontal")) return PLAIN;
  const rows = new Set(figures.map(({ c }) => c)).size;
  const beside = type === "horizontal bar" ? Math.max(0, series.length - 1) * BESIDE : 0;
  const least = type === "bullet" ? 90 : 150;
  return Math.min(MOST, Math.max(least, rows * (BAR + beside) + AXIS));
}
