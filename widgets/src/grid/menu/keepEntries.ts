/** What menus offer to show only some rows, and all of them again. */
import type { NameRule, SearchIntent } from "../../sync/search";
import type { BlockHead, ItemRow } from "../../sync/types";
import { headOf } from "../diff";
import type { Entry, Spot } from "./types";

/** The head of the block that was asked, or that the row stands in. */
const blockOf = ({ payload, row, head }: Spot): BlockHead | null => head ?? (row && headOf(payload, row.id));

/** The search of a block that leaves out some rows beside those that it leaves out already. */
function without(
  head: BlockHead,
  rows: readonly ItemRow[],
): Omit<SearchIntent & { verb: "set_search" }, "table"> {
  const named = rows.filter(({ missing }) => !missing);
  const rules = named.map(({ label, caption }): NameRule => ({
    how: "does-not-equal",
    text: caption === null ? label : `${label} (${caption})`,
  }));
  return {
    ...{ verb: "set_search", path: head.path, text: head.search },
    ...{ include_missing: head.includeMissing && named.length === rows.length },
    ...{ rules: [...head.kept.rules, ...rules], joined: "all" },
  };
}

export const keepEntries: readonly Entry[] = [
  {
    id: "only-rows",
    on: ["row"],
    group: 18,
    onPage: true,
    when: (spot) => blockOf(spot) !== null,
    label: ({ rows }) => (rows.length > 1 ? "Only selected rows" : "Only this row"),
    run: ({ table, rows }, { ask }) => ask({ verb: "keep_rows", table, paths: rows.map(({ path }) => path) }),
  },
  {
    id: "without-rows",
    on: ["row"],
    group: 18,
    // Rules of which any is enough can't leave out a row; nor is there one rule for rows of several blocks.
    when: (spot) => {
      const head = blockOf(spot);
      const isOne = spot.rows.every(({ id }) => headOf(spot.payload, id)?.id === head?.id);
      return head?.ref != null && isOne && head.kept.joined === "all";
    },
    label: ({ rows }) => (rows.length > 1 ? "Leave out selected rows" : "Leave out this row"),
    run: (spot, { ask }) => ask({ table: spot.table, ...without(blockOf(spot)!, spot.rows) }),
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
