/** The figures: cells of items, and totals with their sparkline. */
import type { Cell, ColumnState, TotalCell } from "../sync/types";
import type { CellParams, Renderer, RowData } from "./ag";
import { same } from "./diff";
import { button, el, icon } from "./dom";
import { clip } from "../ui/Label";
import type { Scene } from "./scene";
import { spark } from "./spark";

/** A total with what its cell shows of the column: how it is sorted, and whether it needs a word. */
interface Headed extends Pick<ColumnState, "label" | "kind" | "sort"> {
  cell: TotalCell;
  depth: number;
  marked: boolean;
}

export function valueRenderer(scene: Scene): new () => Renderer<CellParams> {
  const headed = ({ id, depth }: RowData["row"], column: string, cell: TotalCell): Headed => {
    // A column that goes is asked once more before the grid lets it go.
    const {
      label = "",
      kind = "metric",
      sort = null,
    } = scene.payload.columns.find((each) => each.id === column) ?? {};
    return { cell, label, kind, sort, depth, marked: scene.isMarked(id, column, cell) };
  };
  return class ValueCell implements Renderer<CellParams> {
    private readonly gui = el("div");
    /** What the cell says now; null: nothing yet. */
    private shown: unknown = null;

    init(params: CellParams): void {
      this.refresh(params);
    }

    getGui(): HTMLElement {
      return this.gui;
    }

    refresh({ data: { row, by }, colDef: { colId } }: CellParams): boolean {
      const cell = by[colId];
      if (cell === undefined) {
        this.shown = null;
        this.gui.className = "dr-val dr-pending";
        this.gui.replaceChildren();
        return true;
      }
      const says = row.type === "item" ? cell : headed(row, colId, cell as TotalCell);
      // The grid refreshes every cell when columns come or go.
      if (same(says, this.shown)) return true;
      this.shown = says;
      if (row.type === "item") drawFigure(this.gui, cell as Cell, Math.min(row.depth, 2));
      else this.drawTotal(says as Headed);
      return true;
    }

    private drawTotal({ cell, label, kind, sort, depth, marked }: Headed): void {
      this.gui.className = `dr-val dr-sum${depth ? " dr-nested" : ""} dr-kind-${kind}`;
      this.gui.replaceChildren(...total(cell, sort, depth === 0));
      if (marked) this.mark(label);
    }

    /** The mark stands beside the figure without moving it. */
    private mark(label: string): void {
      const why = button(
        "why",
        `Why the rows of ${label} don’t add up to this total`,
        "dr-why",
        icon("info", true),
      );
      why.removeAttribute("title");
      this.gui.querySelector(".dr-sum-line")?.append(why);
    }
  };
}

/** Draw a figure into its cell. A bar or a colour is the cell's own background: an element more would cost. */
export function drawFigure(host: HTMLElement, cell: Cell, level: number): void {
  const { bar, heat } = cell;
  const look =
    heat !== null
      ? ` dr-heat dr-${heat < 0 ? "low" : "high"}`
      : bar !== null
        ? ` dr-bar dr-bar-${level}`
        : "";
  host.className = `dr-val${look}`;
  host.title = cell.tip ?? "";
  if (heat !== null) host.style.setProperty("--dr-share", `${Math.abs(heat) * 100}%`);
  // Python sends the share of the column's total, 0 to 1.
  else if (bar !== null) host.style.setProperty("--dr-share", String(Math.min(1, Math.max(0, bar))));
  host.replaceChildren(excused(el("span", "dr-fig", cell.text), cell.reason));
  if (cell.percent !== null) host.append(" ", el("span", "dr-pc", cell.percent));
}

/** Tell why a cell has no figure, if it has none. */
function excused(node: HTMLElement, reason: string | null): HTMLElement {
  if (reason === null) return node;
  node.classList.add("dr-none");
  node.title = clip(reason);
  node.setAttribute("aria-description", clip(reason));
  return node;
}

function total(cell: TotalCell, sort: "asc" | "desc" | null, top: boolean): Node[] {
  const nodes: Node[] = [];
  if (top) {
    const line = cell.series && spark(cell.series);
    nodes.push(line ?? el("span", "dr-spark"));
    const dates = el("span", "dr-dates");
    if (line && cell.first !== null) dates.append(el("span", "", cell.first));
    if (line && cell.last !== null) dates.append(el("span", "", cell.last));
    nodes.push(dates);
  }
  const sum = el("span", "dr-sum-line");
  if (sort) {
    const arrow = icon("sort", true);
    if (sort === "asc") arrow.classList.add("dr-up");
    sum.append(arrow);
  }
  sum.append(excused(el("b", "", cell.text), cell.reason));
  nodes.push(sum);
  if (cell.outOf !== null) nodes.push(el("small", "", cell.outOf));
  return nodes;
}
