import { expect, it } from "vitest";
import type { CellParams, ColumnDef, HeaderParams } from "../../src/grid/ag";
import { valueRenderer } from "../../src/grid/cells";
import { mergeRows } from "../../src/grid/diff";
import { type Header, headerRenderer, levelRenderer } from "../../src/grid/headers";
import { labelRenderer } from "../../src/grid/labels";
import { Scene } from "../../src/grid/scene";
import { column, head, item, table } from "../fixtures";

const HOSTILE = [
  '<img src=x onerror="window.__hit=1">',
  "__js__: window.__hit=1",
  "helpers.x",
  "function(){ window.__hit=1 }",
  "\"'`&<>",
  "two\nlines",
  "\u202Ertl \u05D0\u05D1",
  "👩‍👩‍👧 emoji",
  "x".repeat(10_000),
];
const ALLOWED = new Set(["DIV", "SPAN", "B", "I", "SMALL", "BUTTON", "svg", "path"]);

function cell(data: CellParams["data"], colId = "c1"): CellParams {
  return { data, value: null, eGridCell: document.createElement("div"), colDef: { colId } as ColumnDef };
}

function check(element: HTMLElement, text: string): void {
  expect(element.textContent).toContain(text);
  for (const node of element.querySelectorAll("*")) {
    expect(ALLOWED.has(node.tagName)).toBe(true);
    for (const { name } of node.attributes) expect(name.startsWith("on")).toBe(false);
  }
  expect((window as unknown as { __hit?: number }).__hit).toBeUndefined();
}

it.each(HOSTILE)("shows %j as text: label, block head, figure, column head", (text) => {
  const rows = [
    item([text], { caption: text, open: true }),
    head([text], text, "d", {
      search: text,
      cells: [{ text, outOf: text, series: [1, 2], first: text, last: text, reason: null }],
    }),
    item([text, "x"], {
      cells: [{ text, percent: text, bar: Number.NaN, heat: null, reason: null, tip: null }],
    }),
  ];
  const chips = [{ kind: "segment" as const, label: text, key: text }];
  const payload = table({
    rows,
    columns: [column("c1", text, { detail: text, tip: text, formula: text, filters: chips })],
  });
  const scene = new Scene(payload, false);
  const data = mergeRows([], payload.rows, payload.columns);

  const Label = labelRenderer(scene);
  for (const each of data.slice(0, 2)) {
    const label = new Label();
    label.init(cell(each));
    check(label.getGui(), text);
  }
  const Value = valueRenderer(scene);
  for (const each of data.slice(1)) {
    const value = new Value();
    value.init(cell(each));
    check(value.getGui(), text);
  }
  const Head = headerRenderer(scene, new Set<Header>());
  const columnHead = new Head();
  columnHead.init({
    eGridHeader: document.createElement("div"),
    column: { getColId: () => "c1" },
  } as HeaderParams);
  check(columnHead.getGui(), text);
  const Level = levelRenderer(scene);
  const level = new Level();
  level.init({ columnGroup: { getGroupId: () => "level:0:c1" } });
  check(level.getGui(), text);
});

it("keeps the focus on the control that had it when a block's head is redrawn", () => {
  const scene = new Scene(table(), false);
  const label = new (labelRenderer(scene))();
  const [data] = mergeRows([], [head([], "City", "city")], table().columns);
  label.init(cell(data!));
  document.body.append(label.getGui());
  label.getGui().querySelector<HTMLElement>("[data-act=next]")!.focus();
  const [later] = mergeRows([], [head([], "City", "city", { page: 2, from: 6, to: 10 })], table().columns);
  label.refresh(cell(later!));
  expect((document.activeElement as HTMLElement).dataset["act"]).toBe("next");
  const [last] = mergeRows([], [head([], "City", "city", { page: 3 })], table().columns);
  label.refresh(cell(last!));
  expect((document.activeElement as HTMLElement).dataset["act"]).toBe("previous");
});

it("says what is open, sorted, missing and broken down", () => {
  const scene = new Scene(table(), false);
  const [paris, , , , , missing] = mergeRows([], table().rows, table().columns);
  const label = new (labelRenderer(scene))();
  label.init(cell(paris!));
  expect(label.getGui().querySelector("[aria-expanded=true]")?.getAttribute("aria-label")).toBe(
    "Close the breakdown of Paris",
  );
  label.refresh(cell(missing!));
  expect(label.getGui().querySelector(".dr-missing")?.textContent).toBe("N/A");
  const header = document.createElement("div");
  const Head = headerRenderer(scene, new Set<Header>());
  new Head().init({ eGridHeader: header, column: { getColId: () => "c1" } } as HeaderParams);
  expect(header.getAttribute("aria-sort")).toBe("descending");
});

it("has no controls that change the report on a page", () => {
  const scene = new Scene(table(), true);
  const label = new (labelRenderer(scene))();
  const [data] = mergeRows([], [head([], "City", "city")], table().columns);
  label.init(cell(data!));
  const acts = [...label.getGui().querySelectorAll<HTMLElement>("[data-act]")].map(
    (each) => each.dataset["act"],
  );
  expect(acts).toEqual(["page", "previous", "next"]);
});
