/** What the menu of a figure offers to see the records behind it. */
import { addressOf } from "../explain/address";
import type { Entry, ViewProps } from "../grid/menu/types";
import { RecordsDialog } from "./RecordsDialog";

const OutOf = (props: ViewProps) => RecordsDialog({ ...props, place: "out_of" });

export const recordsEntries: readonly Entry[] = [
  {
    id: "records",
    on: ["row", "total"],
    group: 70,
    keys: "Shift Enter",
    onPage: true,
    when: (spot) => spot.records && addressOf(spot) !== null,
    label: () => "Show underlying rows…",
    run: (_, { open }) => open(RecordsDialog),
  },
  {
    id: "records-out-of",
    on: ["total"],
    group: 70,
    onPage: true,
    when: (spot) => spot.records && spot.head?.search !== "" && addressOf(spot) !== null,
    label: () => "Show underlying rows of “out of”…",
    run: (_, { open }) => open(OutOf),
  },
];
