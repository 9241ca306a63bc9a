import { beforeEach, expect, it, vi } from "vitest";
import type { GridApi, RowNode } from "../../src/grid/ag";
import { copied } from "../../src/grid/menu/copyEntries";
import { Selection } from "../../src/grid/selection";
import type { TablePayload } from "../../src/sync/types";
import { column, item, table } from "../fixtures";

const payload: TablePayload = table({
  rows: ["a", "b", "c"].map((each) => item([each])),
  columns: [column("c1", "One"), column("c2", "Two")],
});
const TOTAL = payload.total!.id;
let selection: Selection;

beforeEach(() => {
  vi.stubGlobal(
    "CSSStyleSheet",
    class {
      replaceSync = (): void => undefined;
    },
  );
  vi.stubGlobal("CSS", { escape: (text: string) => text });
  Object.assign(document, { adoptedStyleSheets: [] });
  const chosen = new Set<string>();
  const nodes = payload.rows.map(({ id }): Partial<RowNode> => ({
    id,
    isSelected: () => chosen.has(id),
    setSelected: (wanted) => void (wanted ? chosen.add(id) : chosen.delete(id)),
  })) as RowNode[];
  const api = {
    addEventListener: () => undefined,
    getSelectedNodes: () => nodes.filter((each) => each.isSelected()),
    forEachNode: (visit: (node: RowNode) => void) => nodes.forEach(visit),
    getRowNode: (id: string) => nodes.find((each) => each.id === id),
  } as unknown as GridApi;
  selection = new Selection(
    api,
    document.createElement("div"),
    () => payload,
    () => undefined,
  );
});

const cells = (): [string, string] => {
  const { paths, columns } = selection.cells(payload);
  return [paths.map((path) => path.join("") || "total").join(" "), columns.join(" ")];
};

it("selects rows, cells, columns and the total, one of these at a time", () => {
  selection.pick("a", "one");
  selection.pick("c", "range");
  expect(cells()).toEqual(["a b c", ""]);
  selection.pickCell("b", "c2", "one");
  expect(cells()).toEqual(["b", "c2"]);
  selection.pickColumn("c1", "toggle");
  selection.pickColumn("c2", "range");
  expect(cells()).toEqual(["", "c1 c2"]);
  selection.pickCell(TOTAL, "c1", "toggle");
  expect(cells()).toEqual(["total", "c1 c2"]);
  selection.pick("a", "toggle");
  expect(cells()).toEqual(["a", ""]);
});

it("extends cells to a rectangle, and takes them back", () => {
  selection.pickCell("a", "c1", "one");
  selection.pickCell("b", "c2", "range");
  expect(cells()).toEqual(["a b", "c1 c2"]);
  selection.pickCell("b", "c2", "toggle");
  expect(cells()).toEqual(["a b", "c1"]);
  selection.clear();
  selection.pickCell("a", "c1", "one");
  selection.pickCell("a", "c1", "one");
  expect(selection.isEmpty()).toBe(true);
  const [first, , third] = payload.rows;
  selection.extend({ row: first!, column: "c2" }, { row: third!, column: "c2" });
  expect(cells()).toEqual(["a b c", "c2"]);
});

it("copies what is selected with its heads, one cell alone", () => {
  const at = { row: payload.rows[0]!, column: "c1" };
  expect(copied(at, payload, selection)).toBe("12");
  selection.pickCell("a", "c1", "one");
  expect(copied(at, payload, selection)).toBe("12");
  selection.pickCell("b", "c1", "range");
  expect(copied(at, payload, selection)).toBe("\tOne\na\t12\nb\t12");
  selection.clear();
  selection.pickColumn("c2", "one");
  expect(copied(at, payload, selection).split("\n")).toHaveLength(5);
});
