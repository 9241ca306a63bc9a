/** The payload of a table: part of the contract in types.ts; its twin is dynreports/views/payload.py.
 *
 * One payload per table, a synced trait of the table's own grid model.
 */
import type { Chip } from "./items";
import type { Kept } from "./search";
import type { Kind, Path, Ref } from "./types";

export interface TablePayload {
  id: string;
  /** Grows with every new result. */
  revision: number;
  status: "ready" | "loading" | "stopped" | "error";
  /** The figures are those of before the last gesture. */
  stale: boolean;
  /** How many steps of the work are done; null: none, or all of them. */
  progress: { done: number; of: number } | null;
  error: { title: string; message: string; details: string } | null;
  /** Rows are null while no dimension was dropped: unless they are `static`, the body is then a drop target. */
  rowsRef: Ref | null;
  /** Rows that were put there, not found in the data. */
  static: boolean;
  columns: ColumnState[];
  /** Set by hand, in pixels; null: what the figures leave. */
  labelWidth: number | null;
  alignDates: boolean;
  total: BlockHead | null;
  rows: GridRow[];
}

/** What percentages are of: the column's total, or the sum of the row's counts. */
export type PercentOf = "column" | "row";

export type Background = "off" | "bar" | "colors";

export interface Variant {
  id: string;
  label: string;
  description: string;
}

/** How a column is shown, and what its settings offer. */
export interface Settings {
  totals: boolean;
  number: boolean;
  percent: boolean;
  background: Background;
  wrap: boolean;
  blankZero: boolean;
  percentLimits: boolean;
  /** Other ways to count the metric, and the one that is chosen. */
  variants: Variant[];
  variant: string | null;
  /** Upper, middle and lower limit as typed; a middle of null: halfway. */
  limits: [number, number | null, number] | null;
  /** The limits that were found by themselves, as text. */
  auto: [string, string, string] | null;
  /** What limits are in: "%" or nothing. */
  unit: string;
}

export interface ColumnState {
  id: string;
  label: string;
  /** The data does not have the metric any more. */
  missing: boolean;
  detail: string | null;
  kind: Kind;
  tip: string;
  formula: string | null;
  sort: "asc" | "desc" | null;
  filters: Chip[];
  /** How the column compares two periods ("difference, previous period"); null: it does not. */
  compared: string | null;
  /** Set by hand, in pixels; null: what the figures need. */
  width: number | null;
  settings: Settings;
  /** Its figures are yet to come. */
  pending: boolean;
}

/** Head of a block: the pinned total row (path [], depth 0) or the total of a breakdown. */
export interface BlockHead {
  type: "total";
  id: string;
  depth: number;
  path: Path;
  parent: string | null;
  label: string;
  ref: Ref | null;
  note: string | null;
  page: number;
  pages: number;
  limit: number;
  from: number;
  to: number;
  count: number;
  /** `count` as the report writes numbers. */
  counted: string;
  search: string;
  includeMissing: boolean;
  /** Whether there are records without a value, in the rows or left out. */
  hasMissing: boolean;
  searchable: boolean;
  kept: Kept;
  percentOf: PercentOf;
  byPosition: boolean;
  cells: TotalCell[];
  static: boolean;
}

export interface TotalCell {
  text: string;
  outOf: string | null;
  /** One point per bucket over the period, gaps are null; null: no time column or nothing to draw. */
  series: (number | null)[] | null;
  first: string | null;
  last: string | null;
  reason: Cell["reason"];
  exact?: Cell["exact"];
}

export interface ItemRow {
  type: "item";
  id: string;
  depth: number;
  path: Path;
  number: number;
  label: string;
  caption: string | null;
  missing: boolean;
  /** true / false: has a breakdown that is open / closed; null: none. */
  open: boolean | null;
  cells: Cell[];
  /** Of which kind a row is that was put there; null: an item of the data. */
  static: Kind | null;
}

export interface Cell {
  text: string;
  percent: string | null;
  /** Part of the column's total, 0 to 1. */
  bar: number | null;
  /** Why there can be no figure here; null: there is one. */
  reason: string | null;
  /** Where the figure lies between the limits of colours: -1 low, 0 in the middle, 1 high. */
  heat: number | null;
  /** Why there is no figure, or which one it is. */
  tip: string | null;
  /** All its digits, to be copied; null: the text has them. */
  exact?: string | null;
}

export type GridRow = ItemRow | BlockHead;
