import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { markHover } from "../../src/grid/hover";

function grid() {
  const rows = ["a", "b"].map((id) => `<div class="ag-row" row-id="${id}"><i></i></div>`).join("");
  document.body.innerHTML = `<div id="grid"><div>${rows}</div><div>${rows}</div></div>`;
  const element = document.querySelector<HTMLElement>("#grid")!;
  const marked = (): string[] =>
    [...element.querySelectorAll(".ag-row-hover")].map((each) => each.getAttribute("row-id")!);
  const cell = (id: string): Element => element.querySelector(`[row-id="${id}"] i`)!;
  const over = (target: Element): void => {
    for (const type of ["mouseover", "mousemove"])
      target.dispatchEvent(new MouseEvent(type, { bubbles: true }));
  };
  return { element, marked, cell, over, stop: markHover(element) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a row is marked in both parts of the grid, until the pointer leaves", () => {
  const { element, marked, cell, over, stop } = grid();
  over(cell("a"));
  expect(marked()).toEqual(["a", "a"]);
  over(cell("b"));
  expect(marked()).toEqual(["b", "b"]);
  element.dispatchEvent(new MouseEvent("mouseleave"));
  expect(marked()).toEqual([]);
  stop();
  over(cell("a"));
  expect(marked()).toEqual([]);
});

test("rows that pass under the pointer are not marked; the one that comes to rest there is", () => {
  const { element, marked, cell, over } = grid();
  over(cell("a"));
  element.firstElementChild!.dispatchEvent(new Event("scroll"));
  over(cell("b"));
  expect(marked()).toEqual(["a", "a"]);
  document.elementFromPoint = () => cell("b");
  vi.advanceTimersByTime(200);
  expect(marked()).toEqual(["b", "b"]);
});
