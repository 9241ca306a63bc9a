/** Every entry of the grid's menus, in the order they stand in. To add one: write it in a file of its own feature
 * and name its list here. An entry says itself where it belongs (`on`, `group`, `when`). */
import { explainEntries } from "../../explain/entries";
import { recordsEntries } from "../../rows/entries";
import { copyEntries } from "./copyEntries";
import { columnEntries } from "./columnEntries";
import { compareEntries } from "./compareEntries";
import { keepEntries } from "./keepEntries";
import { rowEntries } from "./rowEntries";
import { totalEntries } from "./settingsViews";
import type { Entry, Offer, Spot } from "./types";

const OFFERS: readonly Offer[] = [
  rowEntries,
  keepEntries,
  columnEntries,
  compareEntries,
  totalEntries,
  copyEntries,
  recordsEntries,
  explainEntries,
];

/** The entries of a menu by group; a menu without any is not opened. */
export function entriesFor(spot: Spot, offers: readonly Offer[] = OFFERS): Entry[][] {
  const entries = offers.flatMap((offer) => (typeof offer === "function" ? offer(spot) : offer));
  const fitting = entries.filter(
    (entry) =>
      entry.on.includes(spot.on) && (!spot.page || entry.onPage === true) && (entry.when?.(spot) ?? true),
  );
  const groups = [...new Set(fitting.map((entry) => entry.group))].sort((a, b) => a - b);
  return groups.map((group) => fitting.filter((entry) => entry.group === group));
}
