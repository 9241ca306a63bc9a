/** What the cells need to know besides their own row: shared by all renderers of one grid. */
import type { TablePayload } from "../sync/types";
import { blockHeight } from "./layout";

export class Scene {
  /** Height of the gutter by the id of a block's head. */
  readonly gutters = new Map<string, number>();

  constructor(
    public payload: TablePayload,
    readonly page: boolean,
  ) {
    this.show(payload);
  }

  show(payload: TablePayload): void {
    this.payload = payload;
    this.gutters.clear();
    payload.rows.forEach((row, index) => {
      if (row.type === "total") this.gutters.set(row.id, blockHeight(payload.rows, index));
    });
  }
}
