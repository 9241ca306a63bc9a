/** A sparkline: one path over the period, interrupted where there is no value. */
const SVG = "http://www.w3.org/2000/svg";
const HIGH = 18;

/** The points of a series as runs of coordinates in a 100 × 18 box; a lone point becomes a short dash. */
export function runs(series: readonly (number | null)[]): [number, number][][] {
  const values = series.filter((value): value is number => value !== null && Number.isFinite(value));
  if (values.length === 0) return [];
  const low = Math.min(...values, 0);
  const span = Math.max(...values) - low || 1;
  const step = series.length > 1 ? 100 / (series.length - 1) : 0;
  const result: [number, number][][] = [];
  let run: [number, number][] = [];
  series.forEach((value, index) => {
    if (value === null || !Number.isFinite(value)) {
      run = [];
      return;
    }
    if (run.length === 0) result.push(run);
    run.push([round(index * step), round(HIGH - 1.5 - ((value - low) / span) * (HIGH - 2.5))]);
  });
  return result.map((each) =>
    each.length === 1 ? [each[0]!, [Math.min(100, each[0]![0] + 1), each[0]![1]]] : each,
  );
}

export function spark(series: readonly (number | null)[]): SVGElement | null {
  const lines = runs(series);
  if (lines.length === 0) return null;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "dr-spark");
  svg.setAttribute("viewBox", `0 0 100 ${HIGH}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const line = lines.map((run) => `M${run.map(([x, y]) => `${x} ${y}`).join("L")}`).join("");
  const area = lines
    .map((run) => `M${run.map(([x, y]) => `${x} ${y}`).join("L")}V${HIGH}H${run[0]![0]}z`)
    .join("");
  svg.append(path(area, "dr-spark-area"), path(line, "dr-spark-line"));
  return svg;
}

function path(d: string, className: string): SVGPathElement {
  const node = document.createElementNS(SVG, "path");
  node.setAttribute("d", d);
  node.setAttribute("class", className);
  return node;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
