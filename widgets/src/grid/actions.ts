/** What a click or a key in the grid means: one set of listeners for the whole grid. */
import type { BlockHead, GridRow, ItemRow, TablePayload } from "../sync/types";
import { LABEL } from "./ag";
import { findRow } from "./diff";
import type { How } from "./selection";
import { findLevel, type Level } from "./stack";

export interface Place {
  row: GridRow;
  column: string;
}

export type Action =
  | { do: "sort" | "remove"; column: string; anchor: HTMLElement }
  | { do: "head-menu"; column: string; anchor: HTMLElement }
  | { do: "settings"; column: string; anchor: HTMLElement }
  | { do: "widen"; column: string; by: number }
  | { do: "fit"; column: string }
  | { do: "move"; column: string; by: -1 | 1 }
  /** A filter over some columns is taken away. */
  | { do: "filter"; columns: string[]; index: number }
  | { do: "select"; row: ItemRow; how: How }
  | { do: "select-cell"; row: GridRow; column: string; how: How }
  | { do: "select-column"; column: string; how: How }
  | { do: "select-none" }
  /** From one cell to another, by Shift and the arrow keys. */
  | { do: "extend"; from: Place; to: Place }
  | { do: "copy"; row: GridRow | null; column: string; anchor: HTMLElement }
  | { do: "twist" | "visualize"; row: ItemRow }
  | { do: "row-menu"; row: ItemRow; column: string | null; anchor: HTMLElement }
  | { do: "total-menu"; head: BlockHead; column: string | null; anchor: HTMLElement }
  | { do: "entry"; entry: string; row: GridRow; column: string; anchor: HTMLElement }
  | { do: "why"; head: BlockHead; column: string; anchor: HTMLElement }
  | { do: "search" | "page" | "limit" | "row-settings"; head: BlockHead; anchor: HTMLElement }
  | { do: "remove-breakdown" | "all-rows"; head: BlockHead }
  | { do: "turn"; head: BlockHead; page: number };

/** How much wider a key makes a column. */
const WIDER = 16;

type Handler = (action: Action) => void;

/** Where in the table an event happened. */
interface Spot {
  column: string | null;
  row: GridRow | null;
  isHead: boolean;
  /** The head over several columns that it is. */
  level: Level | null;
  cell: HTMLElement | null;
}

export function listen(element: HTMLElement, payload: () => TablePayload, handle: Handler): () => void {
  const onClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const action = clicked(target, spotOf(target, payload()), event);
    if (action) handle(action);
  };
  const onDouble = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const column = target.closest(".ag-header-cell-resize")?.closest("[col-id]")?.getAttribute("col-id");
    if (column != null) handle({ do: "fit", column });
  };
  const onMenu = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const action = menuAt(spotOf(target, payload()), target);
    if (!action) return;
    event.preventDefault();
    // JupyterLab's own menu listens further out.
    event.stopPropagation();
    handle(action);
  };
  const onKey = (event: KeyboardEvent): void => {
    const spot = spotOf(event.target as HTMLElement, payload());
    const action = chosen(event, spot, payload) ?? pressed(event, spot);
    if (!action) return;
    event.preventDefault();
    if (action !== "done") handle(action);
  };
  element.addEventListener("click", onClick);
  element.addEventListener("dblclick", onDouble);
  element.addEventListener("contextmenu", onMenu);
  element.addEventListener("keydown", onKey);
  return () => {
    element.removeEventListener("click", onClick);
    element.removeEventListener("dblclick", onDouble);
    element.removeEventListener("contextmenu", onMenu);
    element.removeEventListener("keydown", onKey);
  };
}

export function spotOf(target: HTMLElement, payload: TablePayload): Spot {
  const cell = target.closest<HTMLElement>("[col-id]");
  const line = target.closest<HTMLElement>(".ag-row");
  const pinned = line?.closest(".ag-floating-top") != null;
  const row =
    line === null ? null : pinned ? payload.total : findRow(payload, line.getAttribute("row-id") ?? "");
  return {
    column: cell?.getAttribute("col-id") ?? null,
    row,
    isHead: cell?.matches(".ag-header-cell") ?? false,
    // The grid adds a number of its own to the id.
    level: cell?.matches(".ag-header-group-cell")
      ? findLevel(payload.columns, cell.getAttribute("col-id")!.replace(/_\d+$/, ""))
      : null,
    cell,
  };
}

function clicked(target: HTMLElement, spot: Spot, event: MouseEvent): Action | null {
  const control = target.closest<HTMLButtonElement>("button[data-act]");
  if (control) return control.disabled ? null : controlled(control, spot);
  if (target.closest(".ag-header-cell-resize, .dr-grip")) return null;
  const { column, row, isHead, cell } = spot;
  if (column === null || cell === null || spot.level) return null;
  const how: How = event.shiftKey ? "range" : event.ctrlKey || event.metaKey ? "toggle" : "one";
  if (column === LABEL) return row?.type === "item" ? { do: "select", row, how } : null;
  if (isHead)
    return how === "one" ? { do: "sort", column, anchor: cell } : { do: "select-column", column, how };
  if (row === null || !isChoosable(row)) return null;
  if (row.type === "total" && how === "one") return { do: "sort", column, anchor: cell };
  return { do: "select-cell", row, column, how };
}

/** Items and the total of the table; totals of breakdowns are those of their row. */
function isChoosable(row: GridRow): boolean {
  return row.type === "item" || row.depth === 0;
}

function controlled(control: HTMLButtonElement, { column, row, cell, level }: Spot): Action | null {
  const { act } = control.dataset;
  // Settings stay open while the table is drawn again: they hang on the cell, not on the control.
  const anchor = cell ?? control;
  if (act === "settings" && column !== null) return { do: "settings", column, anchor };
  if (act === "row-settings" && row?.type === "total") return { do: "row-settings", head: row, anchor };
  if ((act === "remove-breakdown" || act === "all-rows") && row?.type === "total")
    return { do: act, head: row };
  if (act === "remove" && column !== null) return { do: "remove", column, anchor: control };
  if (act === "level" && level) return removal(level);
  if (row?.type === "item") {
    if (act === "twist" || act === "visualize") return { do: act, row };
    if (act === "row-menu") return { do: "row-menu", row, column: null, anchor: control };
  } else if (row?.type === "total") {
    if (act === "why" && column !== null) return { do: "why", head: row, column, anchor: control };
    if (act === "previous") return { do: "turn", head: row, page: row.page - 1 };
    if (act === "next") return { do: "turn", head: row, page: row.page + 1 };
    // The total row may be drawn again while a search is written: it hangs on the cell, too.
    if (act === "search") return { do: "search", head: row, anchor };
    if (act === "page" || act === "limit") return { do: act, head: row, anchor: control };
  }
  return null;
}

function removal({ columns, index }: Level): Action {
  return { do: "filter", columns: columns.map(({ id }) => id), index };
}

function menuAt({ column, row, isHead, cell }: Spot, target: HTMLElement): Action | null {
  if (isHead && cell && column !== null && column !== LABEL) return { do: "head-menu", column, anchor: cell };
  const anchor =
    (column === LABEL ? target.closest(".ag-row")?.querySelector<HTMLElement>(".dr-lab") : null) ?? cell;
  if (row === null || anchor === null) return null;
  return row.type === "item"
    ? { do: "row-menu", row, column, anchor }
    : { do: "total-menu", head: row, column, anchor };
}

/** Keys that select and copy. */
function chosen(event: KeyboardEvent, spot: Spot, payload: () => TablePayload): Action | null {
  const { column, row, isHead, cell, level } = spot;
  if (cell === null || column === null || level || event.target !== cell || event.altKey) return null;
  const isControl = event.ctrlKey || event.metaKey;
  if (isControl && event.key.toLowerCase() === "c" && !event.shiftKey)
    return document.getSelection()?.isCollapsed === false ? null : { do: "copy", row, column, anchor: cell };
  if (isControl && event.key === " ")
    return column === LABEL ? null : { do: "select-column", column, how: "toggle" };
  if (isHead || row === null || !isChoosable(row)) return null;
  if (event.key === "Escape") return { do: "select-none" };
  if (event.key === " ") {
    if (row.type === "item" && (event.shiftKey || column === LABEL))
      return { do: "select", row, how: "toggle" };
    return column === LABEL ? null : { do: "select-cell", row, column, how: "toggle" };
  }
  if (!event.shiftKey || isControl || !event.key.startsWith("Arrow")) return null;
  // The grid has moved the focus already.
  const now = spotOf(document.activeElement as HTMLElement, payload());
  if (now.row === null || now.column === null || now.isHead || !isChoosable(now.row)) return null;
  return { do: "extend", from: { row, column }, to: { row: now.row, column: now.column } };
}

function pressed(event: KeyboardEvent, spot: Spot): Action | "done" | null {
  const target = event.target as HTMLElement;
  const { column, row, isHead, cell } = spot;
  if (cell === null || column === null) return null;
  if (target !== cell) return inControls(event, cell);
  if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) return menuAt(spot, target);
  const entry = event.key === "Enter" && column !== LABEL && !isHead ? entryOf(event) : null;
  if (entry !== null && row !== null) return { do: "entry", entry, row, column, anchor: cell };
  if (spot.level) {
    if (event.key === "Delete") return removal(spot.level);
    return event.key === "Enter" ? intoControls(cell) : null;
  }
  if (isHead) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step !== 0 && event.shiftKey) return { do: "widen", column, by: step * WIDER };
    if (column === LABEL) return null;
    if (step !== 0 && (event.ctrlKey || event.metaKey)) return { do: "move", column, by: step };
    if (event.key === "Enter" || event.key === " ") return { do: "sort", column, anchor: cell };
    if (event.key === "Delete") return { do: "remove", column, anchor: cell };
    return null;
  }
  if (event.key !== "Enter") return null;
  if (row?.type === "item") return { do: "select", row, how: "toggle" };
  if (row?.type !== "total") return null;
  if (column !== LABEL) return row.depth === 0 ? { do: "sort", column, anchor: cell } : null;
  return intoControls(cell);
}

function intoControls(cell: HTMLElement): "done" {
  cell.querySelector<HTMLElement>("button[data-act]:not(:disabled)")?.focus();
  return "done";
}

/** Keys that go straight to an entry of a figure's menu. */
function entryOf(event: KeyboardEvent): string | null {
  return event.shiftKey ? "records" : event.altKey ? "explain" : null;
}

/** Among the controls of a cell: arrows and Tab go from one to the next, Escape goes back to the cell. */
function inControls(event: KeyboardEvent, cell: HTMLElement): "done" | null {
  const controls = [...cell.querySelectorAll<HTMLElement>("button[data-act]:not(:disabled)")];
  const at = controls.indexOf(event.target as HTMLElement);
  if (at < 0) return null;
  const step =
    { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] ??
    (event.key === "Tab" ? (event.shiftKey ? -1 : 1) : 0);
  const next = step === 0 ? undefined : controls[at + step];
  if (event.key !== "Escape" && !next) return event.key === "Tab" ? back(cell) : null;
  (next ?? cell).focus();
  return "done";
}

function back(cell: HTMLElement): "done" {
  cell.focus();
  return "done";
}
