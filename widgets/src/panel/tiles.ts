/** Moving and sizing items in the twelve columns of a panel: where a pointer or a key would put one. */
import type { Box } from "../sync/types";

export const COLUMNS = 12;
/** Height in pixels of one row of the grid, for items that were given a height. */
export const UNIT = 40;
const LEAST_HIGH = 3;
const MOST_HIGH = 60;
/** So far up or down a pointer goes before a new height is meant. */
const STILL = 16;

/** Where an item is to stand; `h` null: as high as its content. */
export interface Spot {
  x: number;
  y: number;
  w: number;
  h: number | null;
}
/** Where the columns are, and at which pixel each row begins that an item can move to. */
export interface Field {
  left: number;
  /** Width of a column with the gap beside it. */
  column: number;
  gap: number;
  rows: { y: number; top: number }[];
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The rows that begin or end an item: only there can another one be put. */
export function rowsOf(
  items: readonly { box: Pick<Box, "y" | "h">; top: number; bottom: number }[],
): Field["rows"] {
  const rows = new Map<number, number>();
  for (const { box, top, bottom } of items) {
    if (!rows.has(box.y + box.h)) rows.set(box.y + box.h, bottom);
    rows.set(box.y, top);
  }
  return [...rows].map(([y, top]) => ({ y, top })).sort((a, b) => a.y - b.y);
}

/** The spot of an item whose top left corner is dragged to a point. */
export function movedTo(spot: Spot, field: Field, left: number, top: number): Spot {
  const x = clamp(Math.round((left - field.left) / field.column), 0, COLUMNS - spot.w);
  let best = field.rows[0] ?? { y: spot.y, top };
  for (const row of field.rows) if (Math.abs(row.top - top) < Math.abs(best.top - top)) best = row;
  return { ...spot, x, y: best.y };
}

/** The spot of an item whose bottom right corner is dragged by some pixels. */
export function sizedBy(
  spot: Spot,
  field: Field,
  size: { width: number; height: number },
  dx: number,
  dy: number,
): Spot {
  const w = clamp(Math.round((size.width + dx + field.gap) / field.column), 1, COLUMNS - spot.x);
  const h =
    Math.abs(dy) < STILL ? spot.h : clamp(Math.round((size.height + dy) / UNIT), LEAST_HIGH, MOST_HIGH);
  return { ...spot, w, h };
}

/** The spot after an arrow key; with Shift it sizes. `high`: the item's height now, in rows of the grid. */
export function stepped(spot: Spot, key: string, shift: boolean, field: Field, high: number): Spot {
  const side = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : 0;
  const up = key === "ArrowUp" ? -1 : key === "ArrowDown" ? 1 : 0;
  if (shift) {
    const h = up === 0 ? spot.h : clamp((spot.h ?? high) + up, LEAST_HIGH, MOST_HIGH);
    return { ...spot, w: clamp(spot.w + side, 1, COLUMNS - spot.x), h };
  }
  const x = clamp(spot.x + side, 0, COLUMNS - spot.w);
  if (up === 0) return { ...spot, x };
  const others = field.rows.filter((row) => (row.y - spot.y) * up > 0);
  return { ...spot, x, y: (up > 0 ? others[0] : others.at(-1))?.y ?? spot.y };
}

export function inWords({ x, w, h, y }: Spot, rows: Field["rows"]): string {
  const row = rows.findIndex((each) => each.y === y) + 1;
  const columns = w === COLUMNS ? "all columns" : `columns ${x + 1} to ${x + w} of ${COLUMNS}`;
  return `${columns}, place ${row} of ${rows.length} from the top, ${h === null ? "as high as its content" : `${h} rows high`}`;
}

export function isSpot(spot: Spot, box: Box, natural: boolean): boolean {
  return spot.x === box.x && spot.y === box.y && spot.w === box.w && spot.h === (natural ? null : box.h);
}
