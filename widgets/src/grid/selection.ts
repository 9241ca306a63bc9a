/** The rows that are selected in one grid. Browser-only: it says what a drop or a menu is about. */
import type { ItemRow, TablePayload } from "../sync/types";
import type { GridApi, RowNode } from "./ag";

export class Selection {
  private from: string | null = null;
  private readonly heard = (): void => this.changed();

  constructor(
    private readonly api: GridApi,
    private readonly changed: () => void,
  ) {
    api.addEventListener("selectionChanged", this.heard as (event: never) => void);
  }

  ids(): ReadonlySet<string> {
    return new Set(this.api.getSelectedNodes().flatMap((node) => node.id ?? []));
  }

  items(payload: TablePayload): ItemRow[] {
    const ids = this.ids();
    return payload.rows.filter((row): row is ItemRow => row.type === "item" && ids.has(row.id));
  }

  /** One row alone, one more or less, or all from the last one to this one. */
  pick(id: string, how: "one" | "toggle" | "range"): void {
    const node = this.api.getRowNode(id);
    if (!node) return;
    const start = how === "range" && this.from !== null ? this.api.getRowNode(this.from) : undefined;
    if (start) {
      this.range(start, node);
      return;
    }
    this.from = id;
    const alone = this.api.getSelectedNodes().length === 1 && node.isSelected();
    if (how === "one") node.setSelected(!alone, true);
    else node.setSelected(!node.isSelected());
  }

  /** Some rows, and no others; the first of them comes into view. */
  choose(ids: readonly string[]): void {
    const wanted = new Set(ids);
    this.api.forEachNode((node) => node.setSelected(wanted.has(node.id ?? "")));
    const [first] = ids;
    if (first !== undefined) this.reveal(first);
  }

  private range(a: RowNode, b: RowNode): void {
    const [first, last] = [Math.min(a.rowIndex!, b.rowIndex!), Math.max(a.rowIndex!, b.rowIndex!)];
    const { depth } = b.data.row;
    this.api.forEachNode((node) => {
      const inside = node.rowIndex! >= first && node.rowIndex! <= last;
      const fits = node.data.row.type === "item" && node.data.row.depth === depth;
      node.setSelected(inside && fits);
    });
  }

  /** Rows that went off the page are no longer selected. */
  prune(): void {
    if (this.from !== null && !this.api.getRowNode(this.from)) this.from = null;
  }

  reveal(id: string): void {
    const index = this.api.getRowNode(id)?.rowIndex;
    if (index != null) this.api.ensureIndexVisible(index, null);
  }
}
