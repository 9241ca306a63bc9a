/** What the menu of a row offers. */
import type { Path } from "../../sync/types";
import { BreakDown } from "./BreakDown";
import type { Entry, Spot } from "./types";

const pathOf = (spot: Spot): Path => spot.row?.path ?? [];
const isBroken = ({ row }: Spot): boolean => row !== null && row.open !== null;

export const rowEntries: readonly Entry[] = [
  {
    id: "break",
    on: ["row"],
    group: 10,
    label: ({ rows }) => `Break down ${rows.length > 1 ? `${rows.length} rows ` : ""}by…`,
    run: (_, { open }) => open(BreakDown),
  },
  {
    id: "visualize",
    on: ["row"],
    group: 15,
    label: ({ rows }) => (rows.length > 1 ? `Visualize ${rows.length} rows` : "Visualize"),
    run: ({ table, rows }, { ask }) => ask({ verb: "visualize", table, paths: rows.map(({ path }) => path) }),
  },
  {
    id: "twist",
    on: ["row"],
    group: 20,
    onPage: true,
    when: isBroken,
    label: ({ row }) => `${row?.open ? "Close" : "Open"} breakdown`,
    run: (spot, { ask }) =>
      ask({
        verb: "collapse_breakdown",
        table: spot.table,
        path: pathOf(spot),
        collapsed: spot.row?.open === true,
      }),
  },
  {
    id: "remove-breakdown",
    on: ["row"],
    group: 20,
    when: isBroken,
    label: () => "Remove breakdown",
    run: (spot, { ask }) => ask({ verb: "remove_breakdown", table: spot.table, path: pathOf(spot) }),
  },
  {
    id: "remove-row",
    on: ["row"],
    group: 20,
    when: ({ row }) => row !== null && row.static !== null,
    label: () => "Remove row",
    run: (spot, { ask }) => ask({ verb: "remove_row", table: spot.table, path: pathOf(spot) }),
  },
];
