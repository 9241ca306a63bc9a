import { expect, test } from "vitest";
import { easeThemes } from "../../src/grid/themes";

function selectors(css: string): string[] {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  easeThemes(document);
  return [...style.sheet!.cssRules].map((rule) => (rule as CSSStyleRule).selectorText);
}

test("parts of inputs are no longer named by the beginning of a class", () => {
  expect(
    selectors(`
      .ag-theme-x input[class^="ag-"][type="range"]::-webkit-slider-thumb { color: red }
      .ag-theme-x textarea[class^="ag-"]::placeholder { color: red }`),
  ).toEqual(['.ag-theme-x input[type="range"]::-webkit-slider-thumb', ".ag-theme-x textarea::placeholder"]);
});

test("what lies in a row is not named by the pointer being over the row", () => {
  expect(
    selectors(".ag-theme-x .ag-row-hover.ag-full-width-row.ag-row-group > * { position: relative }"),
  ).toEqual([".ag-theme-x .ag-full-width-row.ag-row-group > *"]);
});

test("all other rules stay as they are", () => {
  const kept = [
    '.ag-theme-x [class^="ag-"]::before',
    '.ag-theme-x input[class^="ag-"]:focus',
    "input::placeholder",
    ".ag-theme-x .ag-row-hover:not(.ag-full-width-row)::before",
  ];
  expect(selectors(kept.map((each) => `${each} { color: red }`).join("\n"))).toEqual(kept);
});
