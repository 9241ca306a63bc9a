/** What changed between two payloads, so that only that is redrawn: pure. */
import type { BlockHead, Cell, ColumnState, GridRow, TablePayload, TotalCell } from "../sync/types";
import type { RowData } from "./ag";

/** Structural equality of JSON values. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && same(left[key], right[key]))
  );
}

/** Rows for the grid, in the payload's order: what did not change keeps its identity, and so its cells. */
export function mergeRows(
  previous: readonly RowData[],
  rows: readonly GridRow[],
  columns: readonly ColumnState[],
): RowData[] {
  const before = new Map(previous.map((data) => [data.row.id, data]));
  return rows.map((row) => {
    const old = before.get(row.id);
    const fresh = rowData(row, columns);
    return old && same(old, fresh) ? old : fresh;
  });
}

/** Cells that are yet to come are left out: an empty one is a figure, too. Where a column stands is no part of a row. */
export function rowData(row: GridRow, columns: readonly ColumnState[]): RowData {
  const by: Record<string, Cell | TotalCell> = Object.create(null) as Record<string, Cell | TotalCell>;
  columns.forEach((column, index) => {
    const cell = row.cells[index];
    if (cell && !column.pending) by[column.id] = cell;
  });
  const { cells: _, ...line } = row;
  return { row: line, by };
}

/** Whether the grid's columns can stay: the same columns in the same order, under the same heads. */
export function sameColumns(a: readonly ColumnState[], b: readonly ColumnState[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ id, filters }, index) => {
      const other = b[index]!;
      return (
        id === other.id &&
        filters.length === other.filters.length &&
        filters.every(({ key }, level) => key === other.filters[level]!.key)
      );
    })
  );
}

/** The block that a row belongs to: the nearest head above it, one level up from what it heads. */
export function headOf(payload: TablePayload, rowId: string): BlockHead | null {
  const index = payload.rows.findIndex((row) => row.id === rowId);
  const row = payload.rows[index];
  if (!row) return payload.total?.id === rowId ? payload.total : null;
  if (row.type === "total") return row;
  for (let at = index; at >= 0; at -= 1) {
    const above = payload.rows[at]!;
    if (above.type === "total" && above.depth === row.depth) return above;
    if (above.depth < row.depth) break;
  }
  return payload.total;
}

export function findRow(payload: TablePayload, rowId: string): GridRow | null {
  if (payload.total?.id === rowId) return payload.total;
  return payload.rows.find((row) => row.id === rowId) ?? null;
}
