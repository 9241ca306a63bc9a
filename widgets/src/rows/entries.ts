/** What the menu of a figure offers to see the records behind it. */
import { addressOf } from "../explain/address";
import type { BlockHead } from "../sync/types";
import type { Entry, ViewProps } from "../grid/menu/types";
import { RecordsDialog } from "./RecordsDialog";

/** Whether fewer rows are shown than there are, so that the total is out of more. */
const isNarrowed = ({ search, kept, includeMissing, hasMissing }: BlockHead): boolean =>
  search !== "" || kept.ruled !== "" || kept.only !== "" || (!includeMissing && hasMissing);
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
    when: (spot) => spot.records && spot.head !== null && isNarrowed(spot.head) && addressOf(spot) !== null,
    label: () => "Show underlying rows of “out of”…",
    run: (_, { open }) => open(OutOf),
  },
];
