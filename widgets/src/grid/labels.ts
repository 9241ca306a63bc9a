/** The label column: items with their number, and the heads of blocks with their controls. */
import type { CellParams, HeadLine, ItemLine, Renderer } from "./ag";
import { button, el, icon, refill } from "./dom";
import { clip } from "../ui/Label";
import { noteOf } from "./layout";
import type { Scene } from "./scene";

export function labelRenderer(scene: Scene): new () => Renderer<CellParams> {
  return class LabelCell implements Renderer<CellParams> {
    private readonly gui = el("div", "dr-lab");
    private shown: ItemLine | null = null;

    init(params: CellParams): void {
      params.eGridCell.setAttribute("role", "rowheader");
      this.refresh(params);
    }

    getGui(): HTMLElement {
      return this.gui;
    }

    refresh({ data: { row } }: CellParams): boolean {
      // The grid refreshes every cell when columns come or go.
      if (row.type === "item" && this.shown !== null && sameLabel(row, this.shown)) return true;
      this.shown = row.type === "item" ? row : null;
      const strips = gutters(row.depth);
      if (row.type === "item") {
        this.gui.className = `dr-lab dr-lab-item${row.depth ? " dr-nested" : ""}`;
        refill(this.gui, ...strips, ...item(row, scene.page));
      } else {
        this.gui.className = `dr-lab dr-lab-total${row.depth ? " dr-nested" : ""}`;
        const height = scene.gutters.get(row.id);
        if (row.parent !== null && height !== undefined) strips.at(-1)?.append(upright(row.parent, height));
        refill(this.gui, ...strips, head(row, scene.page));
      }
      return true;
    }
  };
}

function sameLabel(a: ItemLine, b: ItemLine): boolean {
  return (
    a.label === b.label &&
    a.number === b.number &&
    a.open === b.open &&
    a.caption === b.caption &&
    a.missing === b.missing &&
    a.depth === b.depth
  );
}

function gutters(depth: number): HTMLElement[] {
  return Array.from({ length: depth }, (_, level) =>
    el("span", `dr-gutter dr-level-${Math.min(level + 1, 2)}`),
  );
}

/** The parent's name, upright over the whole block. The block's head says it to screen readers. */
function upright(parent: string, height: number): HTMLElement {
  const node = el("span", "dr-upright");
  node.style.height = `${height}px`;
  node.title = clip(parent);
  node.setAttribute("aria-hidden", "true");
  node.append(el("span", "", parent));
  return node;
}

function item(row: ItemLine, page: boolean): Node[] {
  const nodes: Node[] = [];
  if (row.open === null) nodes.push(el("span", "dr-twist"));
  else {
    const twist = button(
      "twist",
      `${row.open ? "Close" : "Open"} the breakdown of ${row.label}`,
      "dr-twist",
      icon(row.open ? "down" : "right", true),
    );
    twist.setAttribute("aria-expanded", String(row.open));
    nodes.push(twist);
  }
  const words = el("span", "dr-ell");
  words.dir = "auto";
  words.title = clip(row.caption === null ? row.label : `${row.label} (${row.caption})`);
  words.append(el(row.open ? "b" : "span", row.missing ? "dr-missing" : "", row.label));
  if (row.caption !== null) words.append(" ", el("span", "dr-caption", `(${row.caption})`));
  const more = button("row-menu", `Actions for ${row.label}`, "dr-ib dr-more", icon("more"));
  more.setAttribute("aria-haspopup", "menu");
  nodes.push(el("span", "dr-no", `${row.number}.`), words);
  if (!page) {
    const chart = button("visualize", `Visualize ${row.label}`, "dr-ib dr-more", icon("bars"));
    chart.title = "Visualize";
    nodes.push(chart);
  }
  nodes.push(more);
  return nodes;
}

function head(row: HeadLine, page: boolean): HTMLElement {
  const box = el("div", "dr-block");
  const name = el("div", "dr-name");
  const label = el("span", "dr-ell", row.label);
  label.dir = "auto";
  label.title = clip(row.label);
  name.append(label);
  if (row.parent !== null) name.append(el("span", "dr-sr", ` of ${row.parent}`));
  if (row.searchable && !page) name.append(funnel(row), ...tools(row));
  if (row.kept.only) name.append(only(row));
  box.append(name);
  const note = noteOf(row);
  if (note !== null) {
    const line = el("div", "dr-note", note);
    line.title = clip(note);
    box.append(line);
  }
  if (row.ref !== null) box.append(pager(row, page));
  return box;
}

/** The rows that were chosen by hand; pressed, all of them are shown again. */
function only(row: HeadLine): HTMLElement {
  const node = button("all-rows", `Only ${row.kept.only}. Show all rows of ${row.label}`, "dr-kept");
  const words = el("span", "dr-ell", `Only ${row.kept.only}`);
  words.dir = "auto";
  node.title = clip(`Only ${row.kept.only}`);
  node.append(words, icon("close"));
  return node;
}

function tools(row: HeadLine): HTMLElement[] {
  const of = row.parent === null ? row.label : `${row.label} of ${row.parent}`;
  const gear = button("row-settings", `Row settings of ${of}`, "dr-ib dr-tool", icon("settings"));
  gear.setAttribute("aria-haspopup", "dialog");
  if (row.parent === null) return [gear];
  const cross = button("remove-breakdown", `Remove the breakdown ${of}`, "dr-ib dr-tool", icon("close"));
  return [gear, cross];
}

function funnel(row: HeadLine): HTMLElement {
  const on = row.search !== "" || row.kept.ruled !== "" || !row.includeMissing;
  const node = button(
    "search",
    on ? `Row search: ${noteOf(row) ?? ""}` : `Search rows of ${row.label}`,
    `dr-ib dr-funnel${on ? " dr-on" : ""}`,
    icon("funnel"),
  );
  node.setAttribute("aria-haspopup", "dialog");
  return node;
}

function pager(row: HeadLine, page: boolean): HTMLElement {
  const line = el("div", "dr-pager");
  const goto = button("page", `Page ${row.page} of ${row.pages}, choose a page`, "dr-link", String(row.page));
  const previous = button("previous", "Previous page", "dr-ib", icon("left", true));
  const next = button("next", "Next page", "dr-ib", icon("right", true));
  goto.disabled = row.pages <= 1;
  previous.disabled = row.page <= 1;
  next.disabled = row.page >= row.pages;
  line.append("Page ", goto, `/ ${row.pages}`, previous, next, el("span", "dr-gap"), "Rows ");
  if (page) line.append(String(row.limit));
  else {
    const limit = button("limit", `${row.limit} rows a page, choose how many`, "dr-link", String(row.limit));
    limit.setAttribute("aria-haspopup", "menu");
    line.append(limit);
  }
  const range = row.count === 0 ? "no rows" : `${row.from}–${row.to} of ${row.counted}`;
  line.append(el("span", "dr-gap"), el("span", "dr-range", range));
  return line;
}
