/** What menus offer to show only some rows, and all of them again. */
import type { BlockHead } from "../../sync/types";
import { headOf } from "../diff";
import type { Entry, Spot } from "./types";

/** The head of the block that was asked, or that the row stands in. */
const blockOf = ({ payload, row, head }: Spot): BlockHead | null => head ?? (row && headOf(payload, row.id));

export const keepEntries: readonly Entry[] = [
  {
    id: "only-rows",
    on: ["row"],
    group: 18,
    onPage: true,
    when: (spot) => blockOf(spot)?.ref != null,
    label: ({ rows }) => (rows.length > 1 ? "Only selected rows" : "Only this row"),
    run: ({ table, rows }, { ask }) => ask({ verb: "keep_rows", table, paths: rows.map(({ path }) => path) }),
  },
  {
    id: "all-rows",
    on: ["row", "total"],
    group: 18,
    onPage: true,
    when: (spot) => Boolean(blockOf(spot)?.kept.only),
    label: () => "Show all rows",
    run: (spot, { ask }) =>
      ask({ verb: "show_all_rows", table: spot.table, path: blockOf(spot)?.path ?? [] }),
  },
];
