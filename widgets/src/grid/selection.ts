/** What is selected in one grid: whole rows, whole columns, cells, the total. Browser-only.
 *
 * Cells are always those of some rows in some columns: that is what a chart can draw.
 */
import type { ItemRow, Path, TablePayload } from "../sync/types";
import type { Place } from "./actions";
import { type GridApi, LABEL } from "./ag";
import { Chosen } from "./chosen";

export type How = "one" | "toggle" | "range";

export class Selection {
  private from: { row: string | null; column: string | null } = { row: null, column: null };
  /** None: whole rows. */
  private columns = new Set<string>();
  private total = false;
  private readonly chosen: Chosen;
  private isSetting = false;
  /** Rows that leave the grid are deselected by itself. */
  private readonly heard = (): void => void (this.isSetting || this.tell());

  constructor(
    private readonly api: GridApi,
    element: HTMLElement,
    private readonly payload: () => TablePayload,
    private readonly changed: () => void,
  ) {
    this.chosen = new Chosen(element);
    api.addEventListener("selectionChanged", this.heard as (event: never) => void);
  }

  close(): void {
    this.chosen.close();
  }

  ids(): ReadonlySet<string> {
    return new Set(this.api.getSelectedNodes().flatMap((node) => node.id ?? []));
  }

  items(payload: TablePayload): ItemRow[] {
    const ids = this.ids();
    return payload.rows.filter((row): row is ItemRow => row.type === "item" && ids.has(row.id));
  }

  /** What Python is told: the paths of rows, `[]` for the total, and the columns in their order. */
  cells(payload: TablePayload): { paths: Path[]; columns: string[] } {
    const paths = this.items(payload).map(({ path }) => path);
    const columns = payload.columns.map(({ id }) => id).filter((id) => this.columns.has(id));
    return { paths: this.total ? [[], ...paths] : paths, columns };
  }

  /** One row alone, one more or less, or all from the last one to this one. */
  pick(id: string, how: How): void {
    const isWhole = this.columns.size === 0 && !this.total;
    this.columns.clear();
    this.total = false;
    if (how === "range" && this.from.row !== null) this.setRows(this.between(this.from.row, id));
    else {
      this.from = { row: id, column: null };
      const ids = this.ids();
      const isIn = isWhole && ids.has(id);
      if (how === "one") this.setRows(isIn && ids.size === 1 ? [] : [id]);
      else this.setRows(isIn ? [...ids].filter((each) => each !== id) : [...ids, id]);
    }
    this.tell();
  }

  /** A cell alone, its row and its column more or less, or all from the last one to this one. */
  pickCell(id: string, column: string, how: How): void {
    const { from } = this;
    const isTotal = id === this.payload().total?.id;
    const rows = this.ids();
    const isIn = this.columns.has(column) && (isTotal ? this.total : rows.has(id));
    if (how === "range" && from.row !== null && from.column !== null) {
      this.columns = new Set(this.columnsBetween(from.column, column));
      this.total = isTotal || from.row === this.payload().total?.id;
      this.setRows(this.total && (isTotal || from.row === id) ? [] : this.between(from.row, id));
    } else if (how === "one" && isIn && this.columns.size === 1 && rows.size + Number(this.total) === 1) {
      this.clear();
      return;
    } else if (how === "toggle" && isIn) {
      if (this.columns.size > 1) this.columns.delete(column);
      else if (isTotal) this.total = false;
      else this.setRows([...rows].filter((each) => each !== id));
      if (this.ids().size === 0 && !this.total) this.columns.clear();
    } else {
      const keeps = how === "toggle" && this.columns.size > 0;
      this.from = { row: id, column };
      this.columns = new Set(keeps ? [...this.columns, column] : [column]);
      this.total = isTotal || (keeps && this.total);
      this.setRows([...(keeps ? rows : []), ...(isTotal ? [] : [id])]);
    }
    this.tell();
  }

  /** With the keyboard: from where the last selection began, else from the cell that was left. */
  extend(from: Place, to: Place): void {
    const isRows = from.column === LABEL;
    const begin = isRows ? null : from.column;
    if (this.isEmpty() || this.from.row === null || (this.from.column === null) !== isRows)
      this.from = { row: from.row.id, column: begin };
    if (to.column !== LABEL && !isRows) this.pickCell(to.row.id, to.column, "range");
    else if (to.row.type === "item") this.pick(to.row.id, "range");
  }

  /** A whole column more or less, or all from the last one to this one. */
  pickColumn(column: string, how: How): void {
    const isWhole = this.columns.size > 0 && this.ids().size === 0 && !this.total;
    if (how === "range" && isWhole && this.from.column !== null)
      this.columns = new Set(this.columnsBetween(this.from.column, column));
    else {
      if (!isWhole || how === "one")
        this.columns = new Set(this.columns.has(column) && isWhole ? [] : [column]);
      else if (!this.columns.delete(column)) this.columns.add(column);
      this.from = { row: null, column };
    }
    this.total = false;
    this.setRows([]);
    this.tell();
  }

  isEmpty(): boolean {
    return this.columns.size === 0 && !this.total && this.api.getSelectedNodes().length === 0;
  }

  clear(): void {
    this.columns.clear();
    this.total = false;
    this.setRows([]);
    this.tell();
  }

  /** Some rows, and no others; the first of them comes into view. */
  choose(ids: readonly string[]): void {
    this.columns.clear();
    this.total = false;
    this.setRows(ids);
    const [first] = ids;
    if (first !== undefined) this.reveal(first);
    this.tell();
  }

  /** Rows that went off the page are no longer selected, nor are columns that are gone. */
  prune(): void {
    const { row, column } = this.from;
    const { columns, total } = this.payload();
    if (row !== null && row !== total?.id && !this.api.getRowNode(row)) this.from.row = null;
    if (column !== null && !columns.some(({ id }) => id === column)) this.from.column = null;
    const left = [...this.columns].filter((id) => columns.some((each) => each.id === id));
    if (left.length === this.columns.size) return;
    if (left.length === 0) this.clear();
    else {
      this.columns = new Set(left);
      this.tell();
    }
  }

  reveal(id: string): void {
    const index = this.api.getRowNode(id)?.rowIndex;
    if (index != null) this.api.ensureIndexVisible(index, null);
  }

  private tell(): void {
    this.chosen.show([...this.columns], this.total, this.ids().size > 0);
    this.changed();
  }

  private setRows(ids: readonly string[]): void {
    const wanted = new Set(ids);
    this.isSetting = true;
    this.api.forEachNode((node) => {
      const isIn = wanted.has(node.id ?? "");
      if (isIn !== (node.isSelected() ?? false)) node.setSelected(isIn);
    });
    this.isSetting = false;
  }

  /** The items from one row to another that lie as deep as the latter. */
  private between(a: string, b: string): string[] {
    const { rows } = this.payload();
    const [start, end] = [rows.findIndex(({ id }) => id === a), rows.findIndex(({ id }) => id === b)];
    if (end < 0) return [];
    const [first, last] = start < 0 ? [0, end] : [Math.min(start, end), Math.max(start, end)];
    const { depth } = rows[end]!;
    return rows
      .slice(first, last + 1)
      .filter((row) => row.type === "item" && row.depth === depth)
      .map(({ id }) => id);
  }

  private columnsBetween(a: string, b: string): string[] {
    const ids = this.payload().columns.map(({ id }) => id);
    const [start, end] = [ids.indexOf(a), ids.indexOf(b)];
    return ids.slice(Math.max(0, Math.min(start, end)), Math.max(start, end) + 1);
  }
}
