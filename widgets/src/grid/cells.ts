/** The figures: cells of items, and totals with their sparkline. */
import type { Cell, TotalCell } from "../sync/types";
import type { CellParams, Renderer } from "./ag";
import { button, el, icon } from "./dom";
import { clip } from "../ui/Label";
import type { Scene } from "./scene";
import { spark } from "./spark";

export function valueRenderer(scene: Scene): new () => Renderer<CellParams> {
  return class ValueCell implements Renderer<CellParams> {
    private readonly gui = el("div");
    private shown: Cell | TotalCell | null = null;

    init(params: CellParams): void {
      this.refresh(params);
    }

    getGui(): HTMLElement {
      return this.gui;
    }

    refresh({ data: { row, by }, colDef }: CellParams): boolean {
      const cell = by[colDef.colId];
      const level = Math.min(row.depth, 2);
      // The grid refreshes every cell when columns come or go. Totals also show how their column is sorted.
      if (row.type === "item" && cell !== undefined && cell === this.shown) return true;
      this.shown = row.type === "item" ? (cell ?? null) : null;
      if (cell === undefined) {
        this.gui.className = "dr-val dr-pending";
        this.gui.replaceChildren();
      } else if (row.type === "item") {
        this.gui.className = `dr-val dr-bar-${level}`;
        this.gui.title = (cell as Cell).tip ?? "";
        this.gui.replaceChildren(...figure(cell as Cell));
      } else {
        const column = scene.payload.columns.find((each) => each.id === colDef.colId);
        this.gui.className = `dr-val dr-sum${row.depth ? " dr-nested" : ""} dr-kind-${column?.kind ?? "metric"}`;
        this.gui.replaceChildren(...total(cell as TotalCell, column?.sort ?? null, row.depth === 0));
        if (scene.isMarked(row.id, colDef.colId, cell as TotalCell)) this.mark(column?.label ?? "");
      }
      return true;
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

export function figure(cell: Cell): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  if (cell.heat !== null) {
    const heat = el("span", `dr-heat dr-${cell.heat < 0 ? "low" : "high"}`);
    heat.style.setProperty("--dr-share", `${Math.abs(cell.heat) * 100}%`);
    nodes.push(heat);
  }
  if (cell.bar !== null) {
    const bar = el("span", "dr-bar");
    // Python sends the share of the column's total, 0 to 1.
    bar.style.setProperty("--dr-share", String(Math.min(1, Math.max(0, cell.bar))));
    nodes.push(bar);
  }
  nodes.push(excused(el("span", "dr-fig", cell.text), cell.reason));
  if (cell.percent !== null) nodes.push(" ", el("span", "dr-pc", cell.percent));
  return nodes;
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
