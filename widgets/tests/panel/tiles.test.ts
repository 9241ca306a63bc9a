import { expect, it } from "vitest";
import { type Field, inWords, movedTo, rowsOf, sizedBy, type Spot, stepped } from "../../src/panel/tiles";

const spot: Spot = { x: 0, y: 0, w: 6, h: null };
const field: Field = {
  left: 100,
  column: 50,
  gap: 10,
  rows: rowsOf([
    { box: { y: 0, h: 8 }, top: 200, bottom: 500 },
    { box: { y: 0, h: 8 }, top: 200, bottom: 400 },
    { box: { y: 8, h: 8 }, top: 516, bottom: 700 },
  ]),
};

it("offers only rows that begin or end an item", () => {
  expect(field.rows).toEqual([
    { y: 0, top: 200 },
    { y: 8, top: 516 },
    { y: 16, top: 700 },
  ]);
});

it("moves to the nearest column and row, and never beyond the twelfth column", () => {
  expect(movedTo(spot, field, 170, 300)).toEqual({ ...spot, x: 1, y: 0 });
  expect(movedTo(spot, field, 9_000, 650)).toEqual({ ...spot, x: 6, y: 16 });
  expect(movedTo(spot, field, -9_000, -9_000)).toEqual(spot);
});

it("sizes in whole columns; a height is given only by going up or down", () => {
  const size = { width: 290, height: 400 };
  expect(sizedBy(spot, field, size, 100, 5)).toEqual({ ...spot, w: 8 });
  expect(sizedBy({ ...spot, x: 4 }, field, size, 900, -160)).toEqual({ ...spot, x: 4, w: 8, h: 6 });
  expect(sizedBy(spot, field, size, -900, -900)).toEqual({ ...spot, w: 1, h: 3 });
});

it("goes by the arrow keys, with Shift it sizes", () => {
  expect(stepped(spot, "ArrowRight", false, field, 10)).toEqual({ ...spot, x: 1 });
  expect(stepped(spot, "ArrowDown", false, field, 10)).toEqual({ ...spot, y: 8 });
  expect(stepped({ ...spot, y: 16 }, "ArrowUp", false, field, 10)).toEqual({ ...spot, y: 8 });
  expect(stepped(spot, "ArrowUp", false, field, 10)).toEqual(spot);
  expect(stepped(spot, "ArrowLeft", true, field, 10)).toEqual({ ...spot, w: 5 });
  expect(stepped(spot, "ArrowDown", true, field, 10)).toEqual({ ...spot, h: 11 });
});

it("says where that is", () => {
  expect(inWords(spot, field.rows)).toBe(
    "columns 1 to 6 of 12, place 1 of 3 from the top, as high as its content",
  );
  expect(inWords({ x: 0, y: 8, w: 12, h: 4 }, field.rows)).toBe(
    "all columns, place 2 of 3 from the top, 4 rows high",
  );
});
