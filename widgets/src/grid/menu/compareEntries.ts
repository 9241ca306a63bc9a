/** What the menu of a column offers to set it beside another period. */
import type { ShiftName } from "../../sync/types";
import type { Entry, Spot } from "./types";

const PERIODS: readonly [ShiftName, string][] = [
  ["previous-period", "previous period"],
  ["same-period-last-year", "same period last year"],
];
const idOf = (spot: Spot): string => spot.column?.id ?? "";
const isPlain = ({ column }: Spot): boolean => column !== null && column.compared === null;

/** A column that is a comparison itself is not compared again. */
export const compareEntries: readonly Entry[] = PERIODS.flatMap(([shift, name]): Entry[] => [
  {
    id: `compare-${shift}`,
    on: ["head"],
    group: 25,
    when: isPlain,
    label: () => `Compare with ${name}`,
    run: (spot, { ask }) =>
      ask({ verb: "compare_column", table: spot.table, column: idOf(spot), to: { type: "shift", shift } }),
  },
  {
    id: `add-${shift}`,
    on: ["head"],
    group: 26,
    when: isPlain,
    label: () => `Add column of ${name}`,
    run: (spot, { ask }) =>
      ask({
        verb: "add_period_column",
        table: spot.table,
        column: idOf(spot),
        over: { type: "shift", shift },
      }),
  },
]);
