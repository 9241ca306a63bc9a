import { expect, it } from "vitest";
import { sameColumns } from "../../src/grid/diff";
import { findLevel, isLevel, type Level, stackDepth, stackOf } from "../../src/grid/stack";
import type { ColumnState } from "../../src/sync/types";
import { column } from "../fixtures";

const under = (id: string, ...keys: string[]): ColumnState =>
  column(id, id, { filters: keys.map((key) => ({ kind: "segment", label: "Same words", key })) });
const shape = (stack: (Level | ColumnState)[]): unknown[] =>
  stack.map((each) => (isLevel(each) ? [each.chip.key, ...shape(each.under)] : each.id));

it("puts one head over columns side by side that share their outer filters", () => {
  const columns = [under("a", "x", "p"), under("b", "x", "q"), under("c", "x"), under("d"), under("e", "x")];
  expect(shape(stackOf(columns))).toEqual([["x", ["p", "a"], ["q", "b"], "c"], "d", ["x", "e"]]);
  expect(stackDepth(columns)).toBe(2);
});

it("joins nothing that only reads the same, or lies under different heads", () => {
  expect(shape(stackOf([under("a", "x", "p"), under("b", "y", "p")]))).toEqual([
    ["x", ["p", "a"]],
    ["y", ["p", "b"]],
  ]);
});

it("finds a head, and what it is the filter of", () => {
  const columns = [under("a", "x", "p"), under("b", "x", "p")];
  const found = findLevel(columns, "level:1:a");
  expect([found?.index, found?.columns.map(({ id }) => id)]).toEqual([1, ["a", "b"]]);
  expect(findLevel(columns, "level:1:b")).toBeNull();
});

it("sets columns anew when what stands over them changed", () => {
  expect(sameColumns([under("a", "x")], [under("a", "x")])).toBe(true);
  expect(sameColumns([under("a", "x")], [under("a", "y")])).toBe(false);
  expect(sameColumns([under("a", "x")], [under("a")])).toBe(false);
});
