/** Lists that Python answers with. */
import type { Item } from "./types";

/** Items of a dimension or time unit, most records first, and how many there are in all. */
export interface ItemsAnswer {
  items: { item: Item; label: string; caption: string | null }[];
  count: number;
}
