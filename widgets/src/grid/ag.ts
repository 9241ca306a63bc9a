/** The few parts of ag-grid's API (28.1, inside ipyaggrid) that we use. ag-grid itself is not in our bundle. */
import type { BlockHead, Cell, ItemRow, TotalCell } from "../sync/types";

/** Rows of the payload without their cells. */
export type ItemLine = Omit<ItemRow, "cells">;
export type HeadLine = Omit<BlockHead, "cells">;
/** What the grid holds per row: what it says of itself, and its cells by column id. */
export interface RowData {
  row: ItemLine | HeadLine;
  by: Record<string, Cell | TotalCell>;
}

export interface RowNode {
  id: string | undefined;
  data: RowData;
  rowIndex: number | null;
  rowHeight: number | null;
  rowPinned: "top" | "bottom" | null | undefined;
  setData(data: RowData): void;
  /** Draws again only the cells of the row whose values differ. */
  updateData(data: RowData): void;
  isSelected(): boolean | undefined;
  setSelected(selected: boolean, clear?: boolean): void;
}
export interface CellParams {
  data: RowData;
  value: unknown;
  eGridCell: HTMLElement;
  colDef: ColumnDef;
}
export interface HeaderParams {
  eGridHeader: HTMLElement;
  column: { getColId(): string };
}
export interface LevelParams {
  columnGroup: { getGroupId(): string };
}
export interface Renderer<P> {
  init(params: P): void;
  getGui(): HTMLElement;
  refresh(params: P): boolean;
  destroy?(): void;
}
export interface ColumnDef {
  colId: string;
  pinned?: "left";
  width: number;
  minWidth: number;
  resizable: boolean;
  suppressAutoSize: boolean;
  suppressMovable: true;
  sortable: false;
  cellClass: string;
  headerClass: string;
  valueGetter(params: { data: RowData }): unknown;
  equals(a: unknown, b: unknown): boolean;
  cellRenderer: new () => Renderer<CellParams>;
  headerComponent: new () => Renderer<HeaderParams>;
  suppressKeyboardEvent(params: { event: KeyboardEvent }): boolean;
  suppressHeaderKeyboardEvent(params: { event: KeyboardEvent }): boolean;
}
export interface GroupDef {
  groupId: string;
  children: (GroupDef | ColumnDef)[];
  headerGroupComponent: new () => Renderer<LevelParams>;
  suppressHeaderKeyboardEvent(params: { event: KeyboardEvent }): boolean;
}
export interface ResizeEvent {
  finished: boolean;
  source: string;
  column: { getColId(): string; getActualWidth(): number } | null;
}
export interface GridApi {
  setColumnDefs(defs: (GroupDef | ColumnDef)[]): void;
  setRowData(rows: RowData[]): void;
  setPinnedTopRowData(rows: RowData[]): void;
  getPinnedTopRow(index: number): RowNode | undefined;
  getRowNode(id: string): RowNode | undefined;
  getSelectedNodes(): RowNode[];
  forEachNode(visit: (node: RowNode) => void): void;
  setHeaderHeight(height: number): void;
  resetRowHeights(): void;
  ensureIndexVisible(index: number, position?: "top" | "middle" | "bottom" | null): void;
  ensureColumnVisible(id: string): void;
  /** The first and the last row that are drawn, in view or not; -1: there is none. */
  getFirstDisplayedRow(): number;
  getLastDisplayedRow(): number;
  dispatchEvent(event: { type: string; direction?: string }): void;
  addEventListener(type: string, listener: (event: never) => void): void;
  removeEventListener(type: string, listener: (event: never) => void): void;
  destroy(): void;
}
/** Not a part of the public API: in no other way columns out of view can be drawn after the grid was made. */
export interface ColumnModel {
  suppressColumnVirtualisation: boolean;
  setViewportPosition(width: number, left: number): void;
}
export interface ColumnApi {
  columnModel?: ColumnModel;
  getColumn(key: string): { getActualWidth(): number } | null;
  setColumnWidths(widths: { key: string; newWidth: number }[], finished?: boolean): void;
}
export interface GridOptions extends Record<string, unknown> {
  api: GridApi;
  columnApi: ColumnApi;
  /** So many rows beyond those in view are drawn. */
  rowBuffer: number;
}

export const LABEL = "dr-label";
