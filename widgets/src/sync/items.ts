/** What stands in a panel: part of the contract in types.ts. */
import type { PanelState } from "./types";

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
}
export type ItemState = TableState;

/** The tables of a panel, in reading order. */
export function tablesOf(panel: Pick<PanelState, "items">): TableState[] {
  return panel.items.filter((item) => item.type === "table");
}
