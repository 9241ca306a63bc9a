/** Heads over heads: columns side by side that have the same filters stand under one head for each. Pure. */
import type { Chip, ColumnState } from "../sync/types";

/** One head over some columns: the filter at `index` of each of them. */
export interface Level {
  id: string;
  chip: Chip;
  index: number;
  columns: ColumnState[];
  /** What stands under it: further heads, and columns. */
  under: (Level | ColumnState)[];
}

/** What stands in the row of heads, from the outermost filters inwards. */
export function stackOf(columns: readonly ColumnState[], index = 0): (Level | ColumnState)[] {
  const stack: (Level | ColumnState)[] = [];
  for (let at = 0; at < columns.length;) {
    const first = columns[at]!;
    const chip = first.filters[index];
    let end = at + 1;
    while (chip && end < columns.length && columns[end]!.filters[index]?.key === chip.key) end += 1;
    const together = columns.slice(at, end);
    if (chip) {
      const id = `level:${index}:${first.id}`;
      stack.push({ id, chip, index, columns: together, under: stackOf(together, index + 1) });
    } else stack.push(first);
    at = end;
  }
  return stack;
}

export function isLevel(each: Level | ColumnState): each is Level {
  return "under" in each;
}

/** How many heads stand over each other at most. */
export function stackDepth(columns: readonly ColumnState[]): number {
  return Math.max(0, ...columns.map(({ filters }) => filters.length));
}

/** How many heads stand over each other in a part of the stack. */
export function depthOf(each: Level | ColumnState): number {
  return isLevel(each) ? 1 + Math.max(...each.under.map(depthOf)) : 0;
}

export function findLevel(columns: readonly ColumnState[], id: string): Level | null {
  const inside = (stack: (Level | ColumnState)[]): Level | null => {
    for (const each of stack.filter(isLevel)) {
      const found = each.id === id ? each : inside(each.under);
      if (found) return found;
    }
    return null;
  };
  return inside(stackOf(columns));
}
