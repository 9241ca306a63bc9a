import { expect, it } from "vitest";
import { findRow, headOf, mergeRows, same, sameColumns } from "../../src/grid/diff";
import { column, item, table } from "../fixtures";

it("keeps the identity of rows that did not change, in the new order", () => {
  const before = mergeRows([], table().rows, table().columns);
  const changed = table();
  changed.rows.splice(
    4,
    1,
    item(["Lyon"], {
      cells: [{ text: "13", percent: null, bar: null, heat: null, reason: null, tip: null }],
    }),
  );
  changed.rows.unshift(item(["Nice"]));
  const after = mergeRows(before, changed.rows, changed.columns);
  expect(after.map((data) => data.row.id)).toEqual(changed.rows.map((row) => row.id));
  expect(after[1]).toBe(before[0]);
  expect(after.find((data) => data.row.id === "Lyon")).not.toBe(before[4]);
  expect(after.filter((data) => before.includes(data))).toHaveLength(5);
});

it("sees that the same cells under other columns are another row", () => {
  const before = mergeRows([], table().rows, table().columns);
  const after = mergeRows(before, table().rows, [column("c1"), column("c3")]);
  expect(after.some((data) => before.includes(data))).toBe(false);
  expect(after[0]?.by["c3"]).toEqual({
    text: "3.5%",
    percent: null,
    bar: null,
    heat: null,
    reason: null,
    tip: null,
  });
});

it("is not fooled by column ids that are names of Object's own", () => {
  const [data] = mergeRows([], [item(["Paris"])], [column("__proto__"), column("constructor")]);
  expect(data?.by["__proto__"]).toEqual({
    text: "12",
    percent: "10.0%",
    bar: 0.1,
    heat: null,
    reason: null,
    tip: null,
  });
  expect(data?.by["toString"]).toBeUndefined();
});

it("compares JSON by value", () => {
  expect(same({ a: [1, null, { b: "x" }] }, { a: [1, null, { b: "x" }] })).toBe(true);
  expect(same({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(same([1], { 0: 1 })).toBe(false);
  expect(sameColumns([column("a"), column("b")], [column("b"), column("a")])).toBe(false);
  expect(sameColumns([column("a", "A")], [column("a", "Other label")])).toBe(true);
});

it("finds the block of a row", () => {
  const payload = table();
  expect(headOf(payload, "Paris/LH")?.label).toBe("Carrier");
  expect(headOf(payload, "Lyon")?.label).toBe("City");
  expect(headOf(payload, "Paris")?.label).toBe("City");
  expect(findRow(payload, ":head")).toBe(payload.total);
  expect(findRow(payload, "Berlin")).toBeNull();
});
