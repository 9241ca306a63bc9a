/** What the menu of a row offers. */
import type { Path } from "../../sync/types";
import { clip } from "../../ui/Label";
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
    id: "trend",
    on: ["row"],
    group: 15,
    when: (spot) => spot.payload.columns.length > 0,
    label: ({ rows, column }) =>
      `Trend${column ? ` of ${clip(column.label, 40)}` : ""}${rows.length > 1 ? ` for ${rows.length} rows` : ""}`,
    run: ({ table, rows, column }, { ask }) =>
      ask({
        verb: "visualize",
        table,
        paths: rows.map(({ path }) => path),
        columns: column ? [column.id] : [],
        type: "line",
      }),
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
    when: ({ rows }) => rows.length > 0 && rows.every((row) => row.static !== null),
    label: ({ rows }) => (rows.length > 1 ? `Remove ${rows.length} rows` : "Remove row"),
    run: ({ table, rows }, { ask }) => {
      const [first, ...others] = rows.map(({ path }) => path);
      ask({ verb: "remove_row", table, path: first!, others });
    },
  },
];
