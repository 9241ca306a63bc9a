/** What a menu of the grid is made of. Entries are plain values: see registry.ts for how to add one. */
import type { ReactNode } from "react";
import type { BlockHead, ColumnState, Intent, ItemRow, TablePayload } from "../../sync/types";

export type Place = "row" | "head" | "total";

/** Where a menu was opened, and all that its entries can ask for. */
export interface Spot {
  on: Place;
  table: string;
  payload: TablePayload;
  /** A read-only page. */
  page: boolean;
  /** Whether the records behind figures may be seen. */
  records: boolean;
  anchor: HTMLElement;
  /** The row, or the head of the block, that was asked; both null on a column head. */
  row: ItemRow | null;
  head: BlockHead | null;
  /** The column under the pointer; null on a label. */
  column: ColumnState | null;
  /** All selected rows if the row is one of several, else the row alone. */
  rows: ItemRow[];
}

export interface ViewProps {
  spot: Spot;
  onClose: () => void;
}

export interface Tools {
  /** Close the menu and send an intent. */
  ask(intent: Intent): void;
  /** The same, and save the file that comes with the answer. */
  download(intent: Intent): void;
  /** Put a pop-over or dialog in the menu's place. It calls `onClose` when it is done. */
  open(view: (props: ViewProps) => ReactNode): void;
  close(): void;
}

export interface Entry {
  id: string;
  on: readonly Place[];
  /** Entries of one group stand together, groups in order of their number, a line between them. */
  group: number;
  label(spot: Spot): string;
  /** The key that does the same, as it is shown. */
  keys?: string;
  /** On read-only pages too. */
  onPage?: boolean;
  /** Whether the entry is there at all; yes when absent. */
  when?(spot: Spot): boolean;
  /** Whether it is there but can't be used now. */
  off?(spot: Spot): boolean;
  run(spot: Spot, tools: Tools): void;
}

/** Entries that are always the same, or made for what was asked. */
export type Offer = readonly Entry[] | ((spot: Spot) => readonly Entry[]);
