// Which columns of a table stand side by side on paper.
import { expect, test } from "vitest";
import { pieces, whole } from "../../src/shell/paper";
import type { TablePayload } from "../../src/sync/types";

const table = (texts: string[], label = "Sent"): TablePayload => {
  const cells = texts.map((text) => ({
    text,
    percent: null,
    bar: null,
    reason: null,
    heat: null,
    tip: null,
  }));
  const columns = texts.map((_, index) => ({
    id: `c${index}`,
    label,
    compared: null,
    detail: null,
    filters: [],
  }));
  return { columns, total: null, rows: [{ type: "item", cells }] } as unknown as TablePayload;
};

test("columns go on in further tables where the sheet ends, each of them once", () => {
  const wide = table(Array<string>(30).fill("1,234,567"));
  const parts = pieces(wide, 1);
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.flatMap(([start, end]) => Array.from({ length: end - start }, (_, n) => start + n))).toEqual(
    wide.columns.map((_, index) => index),
  );
  expect(pieces(wide, 0.5).length).toBeGreaterThan(parts.length);
});

test("what fits stands together, a figure that fits nowhere alone, and labels break between words", () => {
  expect(pieces(table(["1", "2", "3"]), 1)).toEqual([[0, 3]]);
  expect(pieces(table(["1", "9".repeat(200), "3"]), 1)).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  expect(pieces(table(Array<string>(6).fill("1"), "Many short words in here"), 1)).toEqual([[0, 6]]);
  expect(pieces(table([]), 1)).toEqual([[0, 0]]);
});

test("a total is out of something where that is another figure", () => {
  const total = (text: string, outOf: string | null) =>
    whole({ text, outOf, series: null, first: null, last: null, reason: null });
  expect(total("12", "out of 12")).toBeNull();
  expect(total("95.4%", "out of 95.4")).toBeNull();
  expect(total("12", "out of 120")).toBe("out of 120");
  expect(total("12", null)).toBeNull();
});
