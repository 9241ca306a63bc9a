/** What the menu of a column offers. */
import { ColumnSettingsView } from "./settingsViews";
import type { Entry, Spot, Tools } from "./types";

const idOf = (spot: Spot): string => spot.column?.id ?? "";
const placeOf = ({ payload, column }: Spot): number =>
  payload.columns.findIndex((each) => each.id === column?.id);

function sort(spot: Spot, { ask }: Tools, descending: boolean): void {
  ask({ verb: "sort", table: spot.table, column: idOf(spot), descending });
}

function move(spot: Spot, { ask }: Tools, before: string | null): void {
  ask({ verb: "move_column", table: spot.table, column: idOf(spot), before });
}

/** One entry for each filter of the column. */
const filtersOf = ({ column }: Spot): Entry[] =>
  (column?.filters ?? []).map((filter, index) => ({
    id: `filter-${index}`,
    on: ["head"],
    group: 40,
    label: () => `Remove the filter ${filter.label}`,
    run: (spot, { ask }) =>
      ask({ verb: "remove_column_filter", table: spot.table, column: idOf(spot), index }),
  }));

export const columnEntries = (asked: Spot): readonly Entry[] => [
  {
    id: "desc",
    on: ["head"],
    group: 10,
    label: () => "Sort descending",
    run: (spot, tools) => sort(spot, tools, true),
  },
  {
    id: "asc",
    on: ["head"],
    group: 10,
    label: () => "Sort ascending",
    run: (spot, tools) => sort(spot, tools, false),
  },
  {
    id: "left",
    on: ["head"],
    group: 20,
    label: () => "Move left",
    off: (spot) => placeOf(spot) === 0,
    run: (spot, tools) => move(spot, tools, spot.payload.columns[placeOf(spot) - 1]?.id ?? null),
  },
  {
    id: "right",
    on: ["head"],
    group: 20,
    label: () => "Move right",
    off: (spot) => placeOf(spot) === spot.payload.columns.length - 1,
    run: (spot, tools) => move(spot, tools, spot.payload.columns[placeOf(spot) + 2]?.id ?? null),
  },
  {
    id: "settings",
    on: ["head"],
    group: 30,
    label: () => "Column settings…",
    run: (_, { open }) => open(ColumnSettingsView),
  },
  ...filtersOf(asked),
  {
    id: "remove",
    on: ["head"],
    group: 40,
    label: () => "Remove column",
    run: (spot, { ask }) => ask({ verb: "remove_column", table: spot.table, column: idOf(spot) }),
  },
];
