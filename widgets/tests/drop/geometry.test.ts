import { expect, it } from "vitest";
import { clip, headPart, scrollStep } from "../../src/drop/geometry";

const head = { left: 100, top: 0, width: 80, height: 40 };

it("gives edges a quarter of the head, at most 24 px", () => {
  expect(headPart(head, "before", true)).toEqual({ ...head, width: 20 });
  expect(headPart(head, "middle", true)).toEqual({ ...head, left: 120, width: 40 });
  expect(headPart(head, "after", true)).toEqual({ ...head, left: 160, width: 20 });
  expect(headPart({ ...head, width: 200 }, "after", true)).toMatchObject({ left: 276, width: 24 });
});

it("shares the head between its edges when nothing can be dropped on its middle", () => {
  expect(headPart(head, "before", false).width).toBe(40);
  expect(headPart(head, "after", false).left).toBe(140);
});

it("clips to what is in view", () => {
  const view = { left: 0, top: 0, width: 150, height: 100 };
  expect(clip(head, view)).toEqual({ left: 100, top: 0, width: 50, height: 40 });
  expect(clip({ ...head, left: 148 }, view)).toBeNull();
  expect(clip({ ...head, top: 200 }, view)).toBeNull();
});

it("scrolls near edges only, and faster at the rim", () => {
  expect(scrollStep(200, 0, 400)).toBe(0);
  expect(scrollStep(-5, 0, 400)).toBe(0);
  expect(scrollStep(2, 0, 400)).toBeLessThan(scrollStep(40, 0, 400));
  expect(scrollStep(398, 0, 400)).toBe(14);
});
