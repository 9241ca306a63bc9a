/** Copy: rows, a column or a whole block as tab-separated text, figures with all their digits. */
import { copyText } from "../../code/copy";
import type { ColumnState, GridRow, Path, TablePayload } from "../../sync/types";
import { same } from "../diff";
import type { Entry, Spot } from "./types";

const TOTAL = "Total";
/** Spreadsheets take such text for a formula, even where it is the name of a city; a number is none. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?[\d,.'’\s]+%?$/;

/** One cell of tab-separated text: one line, and nothing that a spreadsheet would compute. */
export function plain(text: string): string {
  const line = text.replace(/[\t\r\n]+/g, " ");
  return FORMULA.test(line) && !NUMBER.test(line) ? `'${line}` : line;
}

/** Rows under a line of heads. Totals are called so, by the side of their dimension. */
export function tabbed(
  rows: readonly GridRow[],
  all: readonly ColumnState[],
  wanted: readonly ColumnState[] = all,
): string {
  const places = wanted.map((column) => all.indexOf(column));
  const lines = rows.map((row) => [nameOf(row), ...places.map((at) => figureOf(row, at))]);
  return [["", ...wanted.map(headOf)], ...lines].map((line) => line.map(plain).join("\t")).join("\n");
}

/** Rounded figures would be wrong in a spreadsheet, and some take a separated thousand for a fraction. */
function figureOf(row: GridRow, at: number): string {
  const cell = row.cells[at];
  return cell?.exact ?? cell?.text ?? "";
}

function nameOf(row: GridRow): string {
  if (row.type === "total") return row.depth === 0 ? TOTAL : `${TOTAL} of ${row.parent ?? ""}`;
  return row.caption === null ? row.label : `${row.label} (${row.caption})`;
}

function headOf({ label, filters }: ColumnState): string {
  return filters.length ? `${label} (${filters.map((each) => each.label).join(", ")})` : label;
}

/** What Ctrl+C takes along: what is selected, else the cell that has the focus, else its column. */
export function copied(
  { row, column }: { row: GridRow | null; column: string },
  payload: TablePayload,
  selection: { cells(payload: TablePayload): { paths: Path[]; columns: string[] } },
): string {
  const { paths, columns } = selection.cells(payload);
  const wanted = payload.columns.filter(({ id }) => columns.length === 0 || columns.includes(id));
  const all = rowsOf(payload);
  if (paths.length > 0 || columns.length > 0) {
    const isIn = (each: GridRow): boolean =>
      paths.some((path) => (each.type === "item" || path.length === 0) && same(path, each.path));
    const rows = paths.length > 0 ? all.filter(isIn) : all;
    if (rows.length > 1 || wanted.length > 1 || columns.length === 0)
      return tabbed(rows, payload.columns, wanted);
    return plain(rows[0] ? figureOf(rows[0], payload.columns.indexOf(wanted[0]!)) : "");
  }
  const at = payload.columns.findIndex(({ id }) => id === column);
  if (row === null) return tabbed(all, payload.columns, at < 0 ? payload.columns : [payload.columns[at]!]);
  return plain(at < 0 ? nameOf(row) : figureOf(row, at));
}

function rowsOf({ total, rows }: TablePayload): GridRow[] {
  return total ? [total, ...rows] : [...rows];
}

function copy(spot: Spot, rows: readonly GridRow[], wanted?: readonly ColumnState[]): void {
  void copyText(tabbed(rows, spot.payload.columns, wanted), spot.anchor);
}

export const copyEntries: readonly Entry[] = [
  {
    id: "download",
    on: ["row", "head", "total"],
    group: 61,
    label: () => "Download table as CSV",
    run: ({ table }, { download }) => download({ verb: "export", format: "csv", table }),
  },
  {
    id: "copy",
    on: ["row"],
    group: 60,
    onPage: true,
    label: ({ rows }) => (rows.length > 1 ? `Copy ${rows.length} rows` : "Copy row"),
    run: (spot, { close }) => {
      copy(spot, spot.rows);
      close();
    },
  },
  {
    id: "copy-column",
    on: ["head"],
    group: 60,
    onPage: true,
    label: () => "Copy column",
    run: (spot, { close }) => {
      copy(spot, rowsOf(spot.payload), spot.column ? [spot.column] : undefined);
      close();
    },
  },
  {
    id: "copy-all",
    on: ["total"],
    group: 60,
    onPage: true,
    label: () => "Copy this page",
    run: (spot, { close }) => {
      copy(spot, rowsOf(spot.payload));
      close();
    },
  },
];
