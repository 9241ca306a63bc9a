import { afterEach, expect, test, vi } from "vitest";
import { start } from "../../src/snapshot";

const line = (label: string, values: string, order: number, more = ""): string =>
  `<tr data-v="${values}" data-o="${order}" ${more}><th><span class="dr-no"></span><span${
    label === "N/A" ? ' class="dr-missing"' : ""
  }>${label}</span></th><td></td></tr>`;

function page(more = ""): HTMLTableElement {
  document.body.innerHTML = `<section class="dr-card"><table class="dr-ft" data-limit="2" data-page="1" ${more}>
    <thead><tr><th><button>Town</button></th><th aria-sort="descending"><button>Open</button></th></tr></thead>
    <tbody><tr class="dr-sum"><th>Total</th><td></td></tr>
    ${line("Paris", "9", 2).replace("<span class", '<button class="dr-twist" aria-expanded="true"></button><span class')}
    <tr class="dr-sum" data-depth="1" data-limit="1"><th>Device<span class="dr-range">1–1 of 2</span></th></tr>
    ${line("Phone", "6", 1, 'data-depth="1"')}${line("Desk", "3", 0, 'data-depth="1"')}
    ${line("Lyon", "4", 1)}${line("Caen", "4", 0)}${line("N/A", "", 3)}</tbody></table>
    <div class="dr-tf"><span class="dr-range">1–2 of 4</span></div></section><button data-print hidden></button>`;
  start();
  return document.querySelector("table")!;
}

const shown = (table: HTMLTableElement): string[] =>
  [...table.tBodies[0]!.rows].filter((row) => !row.hidden).map((row) => row.cells[0]!.textContent!.trim());
const press = (selector: string, index = 0): void =>
  document.querySelectorAll<HTMLElement>(selector)[index]!.click();

afterEach(() => document.body.replaceChildren());

test("each block shows its page, and turning to the next shows other rows", () => {
  const table = page();
  expect(shown(table)).toEqual(["Total", "1.Paris", "Device1–1 of 2", "1.Phone", "2.Lyon"]);
  press(".dr-l .dr-ib, th .dr-ib", 1);
  expect(shown(table)).toEqual(["Total", "1.Paris", "Device2–2 of 2", "2.Desk", "2.Lyon"]);
  press(".dr-tf .dr-btn", 1);
  expect(shown(table)).toEqual(["Total", "3.Caen", "4.N/A"]);
  expect(document.querySelector(".dr-tf .dr-range")!.textContent).toBe("3–4 of 4");
  expect(document.querySelectorAll<HTMLButtonElement>(".dr-tf .dr-btn")[1]!.disabled).toBe(true);
});

test("a head sorts from the highest, then the other way; ties by label, blanks last, breakdowns along", () => {
  const table = page();
  press("thead button", 1);
  // Ascending: Caen comes before Lyon, which has as many. The blank comes last.
  expect(shown(table)).toEqual(["Total", "1.Caen", "2.Lyon"]);
  expect(table.tHead!.rows[0]!.cells[1]!.getAttribute("aria-sort")).toBe("ascending");
  press(".dr-tf .dr-btn", 1);
  expect(shown(table)).toEqual(["Total", "3.Paris", "Device1–1 of 2", "1.Desk", "4.N/A"]);
  press("thead button", 0);
  expect(shown(table)).toEqual(["Total", "1.Caen", "2.Lyon"]);
  press("thead button", 0);
  expect(shown(table)).toEqual(["Total", "1.Paris", "Device1–1 of 2", "1.Phone", "2.Lyon"]);
  press(".dr-tf .dr-btn", 1);
  expect(shown(table).at(-1)).toBe("4.N/A"); // without a value: last in both directions
});

test("a breakdown folds and keeps its place", () => {
  const table = page();
  press(".dr-twist");
  expect(shown(table)).toEqual(["Total", "1.Paris", "2.Lyon"]);
  expect(document.querySelector(".dr-twist")!.getAttribute("aria-expanded")).toBe("false");
  press("thead button", 0);
  press("thead button", 0);
  press(".dr-twist");
  expect(shown(table)).toEqual(["Total", "1.Paris", "Device1–1 of 2", "1.Phone", "2.Lyon"]);
});

test("rows that are only a part of all can't be sorted", () => {
  page("data-part");
  expect(
    [...document.querySelectorAll<HTMLButtonElement>("thead button")].every((each) => each.disabled),
  ).toBe(true);
});

test("it prints", () => {
  const print = vi.spyOn(window, "print").mockImplementation(() => undefined);
  page();
  press("[data-print]");
  expect(print).toHaveBeenCalledOnce();
});
