/** What the cells need to know besides their own row: shared by all renderers of one grid. */
import type { TablePayload, TotalCell } from "../sync/types";
import { blockHeight } from "./layout";

export function markOf(head: string, column: string, figure: string): string {
  return `${head} ${column} ${figure}`;
}

export class Scene {
  /** Height of the gutter by the id of a block's head. */
  readonly gutters = new Map<string, number>();
  /** Totals whose rows don't add up to them: see explain/marks.ts. */
  marks: ReadonlySet<string> = new Set();

  constructor(
    public payload: TablePayload,
    readonly page: boolean,
  ) {
    this.show(payload);
  }

  /** A mark is of one figure: when that changes, the mark is void until it was checked again. */
  isMarked(head: string, column: string, cell: TotalCell): boolean {
    return this.marks.has(markOf(head, column, cell.text));
  }

  show(payload: TablePayload): void {
    this.payload = payload;
    this.gutters.clear();
    payload.rows.forEach((row, index) => {
      if (row.type === "total") this.gutters.set(row.id, blockHeight(payload.rows, index));
    });
  }
}
