/** Sizes of columns, rows and the whole grid: pure. */
import type { ColumnState, GridRow, TablePayload } from "../sync/types";
import type { HeadLine, ItemLine } from "./ag";
import { stackDepth } from "./stack";

export const ITEM = 30;
export const NESTED = 28;
export const TOTAL = 78;
export const NESTED_TOTAL = 52;
export const HEAD = 40;
const NOTE = 15;
/** A head over other heads. */
export const LEVEL = 26;
const GUTTER = 26;
const MOST_HEIGHT = 640;
const PERCENT = 52;
const ARROW = 14;
const LABEL_LEAST = 248;
/** As narrow as the label becomes so that all columns are in view. */
const LABEL_TIGHT = 208;
/** On a phone the label leaves more than half of the width to the figures. */
const LABEL_SHARE = 0.45;
const LABEL_SMALLEST = 140;
const LABEL_MOST = 460;
const COLUMN_MOST = 220;
/** How wide a text is: measured by the browser, estimated in tests. */
export type Ruler = (text: string, style: "cell" | "head" | "bold" | "small") => number;

export function rowHeight(row: ItemLine | HeadLine): number {
  if (row.type === "item") return row.depth === 0 ? ITEM : NESTED;
  return (row.depth === 0 ? TOTAL : NESTED_TOTAL) + (noteOf(row) && row.depth > 0 ? NOTE : 0);
}

/** The line of words under a block's dimension: its own note, and that a search is on. */
export function noteOf(head: HeadLine): string | null {
  const parts = [head.note];
  if (head.search) parts.push(`with “${head.search}”`);
  if (head.kept.ruled) parts.push(`name ${head.kept.ruled}`);
  if (!head.includeMissing) parts.push("without unspecified");
  const said = parts.filter(Boolean);
  return said.length ? said.join(", ") : null;
}

/** How high the lowest row of heads is: the one with the names of the columns. */
export function headHeight(columns: readonly ColumnState[]): number {
  const extra = Math.max(
    0,
    ...columns.map(({ compared, detail, missing }) => (compared ? NOTE : 0) + (detail || missing ? NOTE : 0)),
  );
  return HEAD + extra;
}

/** Total height of what scrolls, and of what stays in view above it. */
export function gridHeight(payload: TablePayload, withScrollbar: boolean, most = MOST_HEIGHT): number {
  const body = payload.rows.reduce((sum, row) => sum + rowHeight(row), 0);
  const heads = headHeight(payload.columns) + LEVEL * stackDepth(payload.columns);
  const natural = heads + (payload.total ? rowHeight(payload.total) : 0) + body;
  return Math.min(most, natural) + (withScrollbar ? 12 : 0);
}

/** The width that a column's figures ask for, in steps of 8 px so that turning a page seldom moves it. */
export function columnWidth(payload: TablePayload, index: number, ruler: Ruler, narrow = false): number {
  const { label } = payload.columns[index]!;
  let need = twoLines(label.slice(0, 48), ruler);
  let percent = false;
  for (const row of payload.total ? [payload.total, ...payload.rows] : payload.rows) {
    const cell = row.cells[index];
    if (!cell) continue;
    if ("percent" in cell) {
      percent ||= cell.percent !== null;
      need = Math.max(need, ruler(cell.text, "cell") + (cell.percent === null ? 0 : PERCENT));
    } else need = Math.max(need, ruler(cell.text, "bold") + ARROW, ruler(cell.outOf ?? "", "small"));
  }
  // As wide as figures alone need, or as a sparkline with its dates looks good.
  const least = narrow ? 64 : percent ? 120 : 84;
  return Math.min(COLUMN_MOST, Math.max(least, Math.ceil((need + 22) / 8) * 8));
}

/** Whether figures may need more than their column has: then they are cut off. */
export function isTight(widths: readonly number[], needed: readonly number[]): boolean {
  return widths.some((width, index) => width < needed[index]! || needed[index] === COLUMN_MOST);
}

/** What all columns ask for. Those whose figures are yet to come are taken to be like the others. */
export function naturalWidths(
  payload: TablePayload,
  ruler: Ruler,
  before: readonly number[] | null,
): number[] {
  const widths = payload.columns.map((_, index) =>
    Math.max(before?.[index] ?? 0, columnWidth(payload, index, ruler)),
  );
  const widest = Math.max(0, ...widths.filter((_, index) => !payload.columns[index]!.pending));
  return widths.map((width, index) => (payload.columns[index]!.pending ? Math.max(width, widest) : width));
}

/** The width in which a label fits on two lines, cut where that is narrowest. */
function twoLines(label: string, ruler: Ruler): number {
  const words = label.split(/\s+/);
  const cuts = words.map((_, at) =>
    Math.max(ruler(words.slice(0, at).join(" "), "head"), ruler(words.slice(at).join(" "), "head")),
  );
  return Math.min(...cuts) + 2;
}

/** Spread the width of the grid: the label takes what the figures leave, within reason. */
export function spread(
  width: number,
  natural: readonly number[],
  depth: number,
  narrow: readonly number[] = natural,
): { label: number; columns: number[] } {
  const least = Math.min(LABEL_LEAST, Math.max(LABEL_SMALLEST, width * LABEL_SHARE)) + depth * GUTTER;
  const asked = natural.reduce((sum, each) => sum + each, 0);
  if (natural.length === 0) return { label: Math.max(least, width), columns: [] };
  const rest = width - asked;
  if (rest < least) return squeezed(width, least, natural, narrow);
  if (rest <= LABEL_MOST) return { label: Math.floor(rest), columns: [...natural] };
  const share = Math.min(
    COLUMN_MOST,
    Math.floor((rest - LABEL_MOST) / natural.length + asked / natural.length),
  );
  const columns = natural.map((each) => Math.max(each, share));
  return {
    label: Math.floor(Math.max(least, width - columns.reduce((sum, each) => sum + each, 0))),
    columns,
  };
}

/** Where columns don't fit: the label gives first, then the figures, and at last it scrolls. */
function squeezed(
  width: number,
  label: number,
  natural: readonly number[],
  narrow: readonly number[],
): { label: number; columns: number[] } {
  const sum = (widths: readonly number[]): number => widths.reduce((all, each) => all + each, 0);
  const slack = sum(natural) - sum(narrow);
  const lacking = label + sum(natural) - width;
  const fromLabel = Math.min(lacking, Math.max(0, label - LABEL_TIGHT));
  const share = slack > 0 ? Math.min(1, (lacking - fromLabel) / slack) : 0;
  if (lacking - fromLabel > slack) return { label: Math.floor(label), columns: [...natural] };
  const columns = natural.map((each, index) => Math.floor(each - share * (each - narrow[index]!)));
  return { label: Math.floor(width - sum(columns)), columns };
}

/** How many rows the block under a head covers, in pixels: the length of its gutter. */
export function blockHeight(rows: readonly GridRow[], index: number): number {
  const head = rows[index]!;
  let height = rowHeight(head);
  for (let at = index + 1; at < rows.length; at += 1) {
    const row = rows[at]!;
    if (row.depth < head.depth || (row.type === "total" && row.depth === head.depth)) break;
    height += rowHeight(row);
  }
  return height;
}
