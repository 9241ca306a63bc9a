/** Lists that Python answers with. */
import type { Item } from "./types";

/** Items of a dimension or time unit, most records in a panel's period first, and how many there are in all. */
export interface ItemsAnswer {
  items: { item: Item; label: string; caption: string | null; records: string }[];
  count: number;
}

/** What a gesture cost, and with which queries. */
export interface GestureCost {
  verb: string;
  took: string;
  cost: string;
  queries: { text: string; took: string; scanned: number; cached: number; computed: number }[];
}
