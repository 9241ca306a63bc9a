/** What the menu of a figure offers to understand it. */
import type { Entry } from "../grid/menu/types";
import { addressOf } from "./address";
import { Explanation } from "./Explanation";

export const explainEntries: readonly Entry[] = [
  {
    id: "explain",
    on: ["row", "total"],
    group: 80,
    keys: "Alt Enter",
    onPage: true,
    when: (spot) => addressOf(spot) !== null,
    label: () => "Explain this figure",
    run: (_, { open }) => open(Explanation),
  },
];
