/** What can be dropped where, as Python says (twin of dynreports/project/drops.py), and what settings change. */
import type { Background, Kind, PercentOf, TargetKind } from "./types";

export type PlaceName = TargetKind | "rows:empty";
/** What can be dropped: a component, or one item of a dimension or time unit. */
export type DropKind = Kind | "item";
/** What a drop does, by kind and target; a pair that is absent is impossible.
 * `{name}`: what is dragged, `{target}`: label of the column, row(s), dimension, table or panel.
 * `rows`: when rows are empty the phrase is under "rows:empty".
 * Of several things at once at most one is `one` of these kinds, and then none is one of `without`. */
export interface DropRules {
  phrases: Partial<Record<DropKind, Partial<Record<PlaceName, string>>>>;
  limits: Partial<Record<PlaceName, { one: DropKind[]; without?: DropKind[] }[]>>;
}

/** Settings that change; those left out stay as they are. */
export interface ColumnChange {
  totals?: boolean;
  number?: boolean;
  percent?: boolean | null;
  background?: Background | null;
  limits?: { upper: number; lower: number; middle?: number } | null;
  percent_limits?: boolean;
  wrap?: boolean;
  blank_zero?: boolean;
  variant?: string | null;
}
export interface RowChange {
  align_dates?: boolean;
  by_position?: boolean;
  percent_of?: PercentOf;
}
