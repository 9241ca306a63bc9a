/** What a pointer or a key means in a drawing: pure. A group is what stands at one place of the main axis. */
import type { ChartPayload, ChartType, Figure, Mark } from "../sync/charts";
import type { Path } from "../sync/types";
import type { Box, Spot } from "./plot";

/** Along which way a chart's groups stand: one beside the other, one below the other, or each mark by itself; in a
 * grid, in lines of series and columns of categories. */
export type Axis = "x" | "y" | "none" | "grid";

/** Whether every mark is a group of its own. */
export function isSingle(axis: Axis): boolean {
  return axis === "none" || axis === "grid";
}

export function axisOf(type: ChartType): Axis {
  if (type === "flow") return "grid";
  if (type === "donut" || type === "scatter") return "none";
  return type.startsWith("horizontal") || type === "bullet" ? "y" : "x";
}

/** Digits in front of a category. */
const RANK = 4;

/** Figures that belong together: all series of a day, or of a category. */
export interface Group {
  key: string;
  title: string;
  /** Where it stands on the main axis, in pixels. */
  at: number;
  figures: Figure[];
}

export function groupsOf(figures: readonly Figure[], spots: ReadonlyMap<string, Spot>, axis: Axis): Group[] {
  const groups = new Map<string, Group & { sum: number }>();
  for (const figure of figures) {
    const spot = spots.get(figure.k);
    if (!spot) continue;
    const key = isSingle(axis) ? figure.k : String(figure.t ?? figure.c ?? figure.k);
    const found = groups.get(key) ?? { key, title: figure.title, at: 0, sum: 0, figures: [] };
    found.figures.push(figure);
    found.sum += axis === "y" ? spot.y : spot.x;
    found.at = found.sum / found.figures.length;
    groups.set(key, found);
  }
  const list = [...groups.values()];
  return isSingle(axis) ? list : list.sort((a, b) => a.at - b.at);
}

export interface Point {
  x: number;
  y: number;
}

/** So far from a dot a pointer still means it. */
const NEAR = 24;

/** The group that a point in the drawing means; `over`: the mark that lies under it. */
export function groupAt(
  groups: readonly Group[],
  spots: ReadonlyMap<string, Spot>,
  axis: Axis,
  area: Box,
  point: Point,
  over: string | null,
): Group | null {
  const under = over === null ? undefined : groups.find(({ figures }) => figures.some(({ k }) => k === over));
  if (under) return under;
  if (isSingle(axis)) {
    const distance = ({ key }: Group): number => {
      const spot = spots.get(key)!;
      return Math.hypot(spot.x - point.x, spot.y - point.y);
    };
    // Slices are under the pointer or not meant at all; dots are small.
    const near = least(groups, distance);
    return near && spots.get(near.key)!.box.width < NEAR && distance(near) <= NEAR ? near : null;
  }
  if (!isInside(area, point)) return null;
  return least(groups, ({ at }) => Math.abs(at - (axis === "y" ? point.y : point.x)));
}

export function isInside({ left, top, width, height }: Box, { x, y }: Point, beyond = 8): boolean {
  return x >= left - beyond && x <= left + width + beyond && y >= top - beyond && y <= top + height + beyond;
}

function least<T>(values: readonly T[], measure: (value: T) => number): T | null {
  let best: T | null = null;
  let found = Infinity;
  for (const value of values) {
    const size = measure(value);
    if (size < found) [best, found] = [value, size];
  }
  return best;
}

/** The groups between two others, both among them. */
export function between(groups: readonly Group[], from: string, to: string): Group[] {
  const [a, b] = [from, to].map((key) => groups.findIndex((group) => group.key === key));
  if (a === undefined || b === undefined || a < 0 || b < 0) return [];
  return groups.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** The part of the drawing that some groups take: half the way to their neighbours, or the mark alone. */
export function bandOf(
  groups: readonly Group[],
  chosen: readonly Group[],
  axis: Axis,
  area: Box,
): Box | null {
  const [first, last] = [chosen[0], chosen.at(-1)];
  if (!first || !last || isSingle(axis)) return null;
  const [start, length] = axis === "y" ? [area.top, area.height] : [area.left, area.width];
  const at = (index: number): number | undefined => groups[index]?.at;
  const i = groups.indexOf(first);
  const j = groups.indexOf(last);
  const from = i === 0 ? start : (at(i - 1)! + first.at) / 2;
  const to = j === groups.length - 1 ? start + length : (last.at + at(j + 1)!) / 2;
  return axis === "y"
    ? { left: area.left, width: area.width, top: from, height: to - from }
    : { left: from, width: to - from, top: area.top, height: area.height };
}

/** Where a key leads: along the axis from group to group, across it from series to series. */
export function walked(
  key: string,
  groups: readonly Group[],
  axis: Axis,
  from: Group | undefined,
  series: number,
): { group: Group; series: number } | null {
  const [back, on, less, more] =
    axis === "y"
      ? ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]
      : ["ArrowLeft", "ArrowRight", "ArrowDown", "ArrowUp"];
  if (groups.length === 0) return null;
  const at = from ? groups.indexOf(from) : -1;
  const go = (index: number, line: number) => {
    const group = groups[Math.min(groups.length - 1, Math.max(0, index))]!;
    return { group, series: Math.min(group.figures.length - 1, Math.max(0, line)) };
  };
  if (axis === "grid" && at >= 0) {
    const next = acrossGrid(key, groups, groups[at]!.figures[0]!);
    if (next !== null) return go(next, 0);
  }
  if (key === "Home") return go(0, series);
  if (key === "End") return go(groups.length - 1, series);
  if (key === on || (axis === "none" && key === "ArrowDown")) return go(at + 1, series);
  if (key === back || (axis === "none" && key === "ArrowUp")) return go(at < 0 ? 0 : at - 1, series);
  if (key === more) return go(Math.max(0, at), at < 0 ? 0 : series + 1);
  if (key === less) return go(Math.max(0, at), at < 0 ? 0 : series - 1);
  return null;
}

/** Where an arrow leads in a grid: along a series, or to the same category of the series beside; null: no arrow. */
function acrossGrid(key: string, groups: readonly Group[], from: Figure): number | null {
  const find = (
    step: number,
    own: (figure: Figure) => unknown,
    other: (figure: Figure) => unknown,
  ): number => {
    const line = groups.filter(({ figures: [figure] }) => own(figure!) === own(from));
    const at = line.findIndex(({ figures: [figure] }) => other(figure!) === other(from));
    return groups.indexOf(line[Math.min(line.length - 1, Math.max(0, at + step))]!);
  };
  const series = ({ s }: Figure) => s;
  const category = ({ c }: Figure) => c;
  if (key === "ArrowRight") return find(1, series, category);
  if (key === "ArrowLeft") return find(-1, series, category);
  if (key === "ArrowDown") return find(1, category, series);
  if (key === "ArrowUp") return find(-1, category, series);
  return null;
}

/** What a figure is of, beside the title of its group: its series; of a ring its column, of a flow its stage. */
export function nameOf(
  figure: Figure,
  { type, series, parts }: Pick<ChartPayload, "type" | "series" | "parts">,
) {
  if (type === "donut") return parts?.find(({ key }) => key === figure.part)?.title ?? "";
  if (type === "flow") return figure.c?.slice(RANK) ?? "";
  return series.find(({ key }) => key === figure.s)?.label ?? "";
}

/** What was chosen, as Python knows it: cells of the source table, and the time from start to end. */
export interface Chosen {
  marks: Mark[];
  /** Rows of the source table, each once. */
  paths: Path[];
  labels: string[];
  time: { start: string; end: string } | null;
}

export function chosenOf(groups: readonly Group[]): Chosen {
  const figures = groups.flatMap((group) => group.figures);
  const paths = new Map<string, Path>();
  for (const { path } of figures) if (path !== null) paths.set(JSON.stringify(path), path);
  const starts = figures.flatMap(({ start }) => start ?? []).sort();
  const ends = figures.flatMap(({ end }) => end ?? []).sort();
  return {
    marks: figures.flatMap(({ path, column }): Mark[] => (path === null ? [] : [[path, column]])),
    paths: [...paths.values()],
    labels: groups.map(({ title }) => title),
    time: starts.length > 0 && ends.length > 0 ? { start: starts[0]!, end: ends.at(-1)! } : null,
  };
}

/** "Monday, June 1 to Friday, June 5", "Paris and Lyon", "12 items". */
export function namesOf({ labels, time }: Chosen): string {
  if (labels.length === 1) return labels[0]!;
  if (time) return `${labels[0]} to ${labels.at(-1)}`;
  return labels.length === 2 ? labels.join(" and ") : `${labels.length} items`;
}

/** The figures that are drawn while some series are switched off. */
export function shown(figures: readonly Figure[], hidden: ReadonlySet<string>): readonly Figure[] {
  return hidden.size === 0 ? figures : figures.filter(({ s }) => !hidden.has(s));
}
