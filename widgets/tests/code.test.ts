import { describe, expect, it } from "vitest";
import { canInsert, insertCell } from "../src/code/insertCell";
import { linesOf, sourceOf, type Token } from "../src/code/lines";

const VIEW = "application/vnd.jupyter.widget-view+json";

function notebook(...views: (string | null)[]) {
  const cells = views.map((id) => ({
    cell_type: "code",
    source: "",
    outputs: id === null ? [] : [{ data: { [VIEW]: { model_id: id } } }],
  }));
  const sharedModel = {
    cells,
    insertCell: (at: number, cell: { source: string }) =>
      void cells.splice(at, 0, { cell_type: "code", outputs: [], ...cell }),
  };
  return { cells, manager: { context: { model: { sharedModel, readOnly: false } } } };
}
function rootIn(index: number | null): Element {
  const cell = document.createElement("div");
  cell.className = "jp-Cell";
  if (index !== null) cell.dataset.windowedListIndex = String(index);
  return cell.appendChild(document.createElement("div"));
}

describe("insertCell", () => {
  it("inserts below the cell that we are drawn in, of several that show the same workspace", () => {
    const { cells, manager } = notebook("a", null, "a", null);
    expect(insertCell(manager, rootIn(2), "a", "new")).toBe(true);
    expect(cells.map(({ source }) => source)).toEqual(["", "", "", "new", ""]);
  });
  it("goes by the output where the place is stale or unknown", () => {
    for (const place of [0, 9, null]) {
      const { cells, manager } = notebook(null, "b", null);
      insertCell(manager, rootIn(place), "b", "new");
      expect(cells[2]?.source).toBe("new");
    }
  });
  it("adds at the end when no cell shows us", () => {
    const { cells, manager } = notebook(null, "b");
    insertCell(manager, rootIn(null), "a", "new");
    expect(cells.at(-1)?.source).toBe("new");
  });
  it("is not possible outside of a notebook that can be written", () => {
    expect(insertCell({}, rootIn(null), "a", "new")).toBe(false);
    const { manager } = notebook("a");
    expect(canInsert(manager)).toBe(true);
    manager.context.model.readOnly = true;
    expect(canInsert(manager)).toBe(false);
  });
});

describe("linesOf", () => {
  it("cuts tokens at ends of lines and loses no text", () => {
    const tokens: Token[] = [
      ["kw", "import"],
      ["", " x\n\n"],
      ["st", '"""a\nb"""'],
      ["", "\n"],
    ];
    const lines = linesOf(tokens);
    expect(lines.map((line) => line.map(([, text]) => text).join(""))).toEqual([
      "import x",
      "",
      '"""a',
      'b"""',
    ]);
    expect(sourceOf(tokens)).toBe('import x\n\n"""a\nb"""\n');
  });
});
