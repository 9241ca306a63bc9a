import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { GridOptions } from "../../src/grid/ag";
import { Ahead, LEAST_ROWS } from "../../src/grid/ahead";

const SEEN = 20;
/** A table of 5 columns: what it draws follows from its buffer, as in the grid. */
function table(rows: number, columns = 5, scrolled = 0) {
  const element = document.createElement("div");
  element.innerHTML = '<div class="ag-center-cols-viewport"></div>';
  const viewport = element.firstElementChild as HTMLElement;
  const sizes = { scrollLeft: scrolled, clientWidth: 600, scrollWidth: 1_500 };
  for (const [name, value] of Object.entries(sizes)) Object.defineProperty(viewport, name, { value });
  const widths: number[] = [];
  const lefts: number[] = [];
  const model = {
    suppressColumnVirtualisation: false,
    setViewportPosition: (width: number, left: number) => {
      widths.push(width);
      lefts.push(left);
    },
  };
  const drawn: number[] = [];
  const options = {
    api: {
      getFirstDisplayedRow: () => 0,
      getLastDisplayedRow: () => Math.min(rows, SEEN + options.rowBuffer) - 1,
      dispatchEvent: () => void drawn.push(options.api.getLastDisplayedRow() + 1),
    },
    columnApi: { columnModel: model },
  } as unknown as GridOptions;
  const ahead = new Ahead(
    options,
    element,
    () => ({ rows, columns }),
    () => new Promise((done) => setTimeout(done, 1)),
  );
  const point = (type: string, buttons = 0): void => {
    element.dispatchEvent(Object.assign(new Event(type), { buttons }));
  };
  return { ahead, element, options, model, widths, lefts, drawn, point };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("all rows and columns are drawn, some in each frame, while the pointer is over the table", async () => {
  const { options, model, widths, drawn, point } = table(400);
  point("pointermove");
  expect(options.rowBuffer).toBe(LEAST_ROWS);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(widths).toEqual([1_000, 1_400, 1_800]);
  expect(model.suppressColumnVirtualisation).toBe(true);
  expect(drawn.at(-1)).toBe(400);
  // 100 cells in a frame: 17 rows of 6.
  const steps = drawn.map((each, at) => each - (drawn[at - 1] ?? SEEN + LEAST_ROWS));
  expect(Math.max(...steps)).toBe(17);
});

test("what is in view stays there while columns come on both of its sides", async () => {
  const { model, widths, lefts, point } = table(400, 5, 700);
  point("pointermove");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(lefts).toEqual([300, 0]);
  expect(widths).toEqual([1_400, 2_100]);
  expect(model.suppressColumnVirtualisation).toBe(true);
});

test("they are let go some time after the pointer went away, and kept if it comes back", async () => {
  const { options, model, widths, drawn, point } = table(400);
  point("pointermove");
  await vi.advanceTimersByTimeAsync(1_000);
  point("pointerleave");
  await vi.advanceTimersByTimeAsync(1_000);
  point("pointermove");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(drawn.at(-1)).toBe(400);
  point("pointerleave");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(options.rowBuffer).toBe(LEAST_ROWS);
  expect(model.suppressColumnVirtualisation).toBe(false);
  expect(widths.at(-1)).toBe(600);
});

test("nothing is drawn ahead for who drags over the table, or only passes it, or for very many cells", async () => {
  const dragged = table(400);
  dragged.point("pointermove", 1);
  const passed = table(400);
  passed.point("pointermove");
  await vi.advanceTimersByTimeAsync(50);
  passed.point("pointerleave");
  const wide = table(400, 100);
  wide.point("pointermove");
  await vi.advanceTimersByTimeAsync(5_000);
  for (const { drawn, widths } of [dragged, passed, wide]) expect([drawn, widths]).toEqual([[], []]);
});

test("it waits while the table scrolls", async () => {
  const { element, drawn, point } = table(400);
  point("pointermove");
  for (let at = 0; at < 10; at += 1) {
    element.dispatchEvent(new Event("scroll"));
    await vi.advanceTimersByTimeAsync(100);
    expect(drawn).toEqual([]);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  expect(drawn.at(-1)).toBe(400);
});

test("other rows are drawn from the beginning, and a table that is gone is left alone", async () => {
  const { ahead, options, drawn, point } = table(400);
  point("pointermove");
  await vi.advanceTimersByTimeAsync(1_000);
  ahead.restart();
  expect(options.rowBuffer).toBe(LEAST_ROWS);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(drawn.at(-1)).toBe(400);
  ahead.restart();
  ahead.close();
  drawn.length = 0;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(drawn).toEqual([]);
});
