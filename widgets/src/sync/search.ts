/** Which rows of a block are kept, beside a phrase: by rules their names meet, or chosen by hand. */
import type { Path } from "./types";

export type Joined = "all" | "any";
export type How =
  | "contains"
  | "contains-all"
  | "contains-any"
  | "does-not-contain"
  | "does-not-contain-any"
  | "equals"
  | "does-not-equal"
  | "starts-with"
  | "ends-with";
/** What the name of a row has to be like (semantics/search.py). */
export interface NameRule {
  how: How;
  text: string;
}
/** The rules, how they are joined, what they say in words; and what the rows are called that were chosen: "" all. */
export interface Kept {
  rules: NameRule[];
  joined: Joined;
  ruled: string;
  only: string;
}
interface Search {
  text: string;
  include_missing: boolean;
  rules?: NameRule[];
  joined?: Joined;
}
export type SearchIntent =
  | ({ verb: "set_search"; table: string; path: Path } & Search)
  | { verb: "keep_rows"; table: string; paths: Path[] }
  | { verb: "show_all_rows"; table: string; path: Path };
