/** The figure that a menu was opened on. */
import type { Spot } from "../grid/menu/types";
import type { CellAddress } from "../sync/types";

export function addressOf(spot: Spot, place?: "out_of"): CellAddress | null {
  const { table, row, head, column } = spot;
  const at = row ?? head;
  if (!at || !column) return null;
  return { table, path: at.path, column: column.id, place: place ?? (row ? "row" : "total") };
}

/** What the figure is called: "Unique opens of Paris". */
export function nameOf({ row, head, column }: Spot): string {
  const of = row ? row.label : `the total of ${head?.label ?? ""}`;
  return `${column?.label ?? ""} of ${of}`;
}
