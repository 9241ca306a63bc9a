import { expect, it } from "vitest";
import {
  blockHeight,
  columnWidth,
  gridHeight,
  headHeight,
  naturalWidths,
  noteOf,
  rowHeight,
  spread,
} from "../../src/grid/layout";
import { runs } from "../../src/grid/spark";
import { column, head, item, table } from "../fixtures";

const YOUNG = { kind: "segment" as const, label: "Young", key: "young" };
const ruler = (text: string) => text.length * 7;

it("gives the label what the figures leave, and scrolls when they leave too little", () => {
  expect(spread(1000, [120, 100, 100], 0)).toEqual({ label: 460 + 0, columns: [180, 180, 180] });
  expect(spread(600, [120, 100], 0)).toEqual({ label: 380, columns: [120, 100] });
  expect(spread(560, [240, 240], 0)).toEqual({ label: 248, columns: [240, 240] });
  expect(spread(560, [240, 240], 2).label).toBe(300);
  // Five columns in a panel at 1280: the label gives first, then the room beside figures; nothing scrolls.
  const five = spread(733, [120, 120, 120, 120, 120], 1, [88, 80, 96, 104, 80]);
  expect(five.label).toBeGreaterThanOrEqual(208);
  expect(five.label + five.columns.reduce((a, b) => a + b)).toBe(733);
  expect(five.columns.every((each, at) => each >= [88, 80, 96, 104, 80][at]!)).toBe(true);
  // On a phone most of the width is for figures.
  expect(spread(320, [120, 100], 0).label).toBe(144);
});

it("fits label, figures and percent into a column", () => {
  const payload = table();
  expect(columnWidth(payload, 0, ruler)).toBe(120);
  expect(columnWidth(payload, 1, ruler)).toBe(96);
  const long = table({ columns: [column("c1", "x".repeat(10_000)), column("c2")] });
  expect(columnWidth(long, 0, ruler)).toBe(220);
});

it("adds up rows, heads and totals, up to a most", () => {
  const payload = table();
  expect(gridHeight(payload, false)).toBe(40 + 78 + 3 * 30 + 2 * 28 + 52);
  const many = table({ rows: Array.from({ length: 400 }, (_, at) => item([String(at)])) });
  expect(gridHeight(many, true)).toBe(652);
  expect(blockHeight(payload.rows, 1)).toBe(52 + 2 * 28);
});

it("makes room for filters of a column and for words under a dimension", () => {
  expect(gridHeight(table({ columns: [column("a", "A", { filters: [YOUNG] }), column("b")] }), false)).toBe(
    gridHeight(table(), false) + 26,
  );
  expect(headHeight([column("a", "A", { filters: [YOUNG], detail: "attempts" })])).toBe(55);
  const searched = head(["Paris"], "Carrier", "carrier", { search: "air", includeMissing: false });
  expect(noteOf(searched)).toBe("with “air”, without unspecified");
  expect(rowHeight(searched)).toBe(52 + 15);
});

it("interrupts a sparkline where there is no value", () => {
  expect(runs([1, 2, null, 3])).toHaveLength(2);
  expect(runs([null, Number.NaN])).toEqual([]);
  expect(runs([5])).toHaveLength(1);
  for (const [x, y] of runs([0, -3, 8, 8]).flat()) {
    expect(x >= 0 && x <= 100 && y >= 0 && y <= 18).toBe(true);
  }
});

it("takes columns whose figures are yet to come to be like the others", () => {
  const [known, waits] = [column("c1", "Sent"), column("c2", "Open", { pending: true })];
  const payload = table({ columns: [known, waits], total: null, rows: [] });
  const alone = columnWidth(payload, 1, ruler);
  expect(naturalWidths(payload, ruler, null)).toEqual([alone, alone]);
  expect(naturalWidths(payload, ruler, [200, 0])).toEqual([200, 200]);
  const ready = table({ columns: [known, column("c2", "Open")], total: null, rows: [] });
  expect(naturalWidths(ready, ruler, [200, 160])).toEqual([200, 160]);
});
