/** What stands in a panel: part of the contract in types.ts. */
import type { ChartType } from "./charts";
import type { Kind, PanelState } from "./types";

interface FilterChip {
  kind: Kind;
  label: string;
}
/** A filter of a column; `key`: what it is, for columns side by side that share it. */
export interface Chip extends FilterChip {
  key: string;
}
/** A filter of a panel; `segment`: the id of the segment that it is. */
export interface PanelChip extends FilterChip {
  segment: string | null;
}

/** Where an item stands in its panel: columns of twelve and rows of the grid, from 0 at the top left. */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}
interface ItemBase {
  id: string;
  title: string;
  collapsed: boolean;
  box: Box;
  /** As high as its content; the height of its box is then a guess. */
  natural: boolean;
}
export interface TableState extends ItemBase {
  type: "table";
  /** Which of the seven colours of charts is the table's own: what draws from it wears it, too. */
  color: number;
  /** Only there for the charts that draw it. */
  hidden: boolean;
}
export interface ChartState extends ItemBase {
  type: "chart";
  kind: ChartType;
  /** The id of the table that it draws, and the colour of that one; no colour: the table is gone. */
  source: string | null;
  color: number | null;
  hideTitle: boolean;
}
export interface TextState extends ItemBase {
  type: "text";
  text: string;
}
export type ItemState = TableState | ChartState | TextState;

/** Whether an item is drawn: tables that are only there for charts are not. */
export function isShown(item: ItemState): boolean {
  return item.type !== "table" || !item.hidden;
}

/** The tables of a panel, in reading order. */
export function tablesOf(panel: Pick<PanelState, "items">): TableState[] {
  return panel.items.filter((item) => item.type === "table");
}
