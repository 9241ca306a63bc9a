/** The head of a column: kind mark and grip, label, filters, remove. Made by hand, updated in place. */
import type { ColumnState } from "../sync/types";
import type { HeaderParams, Renderer } from "./ag";
import { button, el, icon, refill } from "./dom";
import { clip, meaning } from "../ui/Label";
import type { Scene } from "./scene";

export interface Header {
  update(): void;
}

/** Headers tell `all` when they come and go: ag-grid does not refresh them when only their text changed. */
export function headerRenderer(scene: Scene, all: Set<Header>): new () => Renderer<HeaderParams> {
  return class ColumnHead implements Renderer<HeaderParams>, Header {
    private readonly gui = el("div", "dr-head");
    private shown: ColumnState | null = null;
    private params!: HeaderParams;

    init(params: HeaderParams): void {
      this.params = params;
      all.add(this);
      this.update();
    }

    getGui(): HTMLElement {
      return this.gui;
    }

    refresh(params: HeaderParams): boolean {
      this.params = params;
      this.update();
      return true;
    }

    destroy(): void {
      all.delete(this);
    }

    update(): void {
      const id = this.params.column.getColId();
      const column = scene.payload.columns.find((each) => each.id === id);
      if (!column || column === this.shown) return;
      this.shown = column;
      this.params.eGridHeader.setAttribute(
        "aria-sort",
        column.sort === null ? "none" : column.sort === "asc" ? "ascending" : "descending",
      );
      this.gui.className = `dr-head dr-kind-${column.kind}${column.missing ? " dr-head-gone" : ""}`;
      this.gui.draggable = !scene.page;
      this.gui.title = meaning(column.label, column.tip, column.formula);
      refill(this.gui, ...content(column, scene.page));
    }
  };
}

function content(column: ColumnState, page: boolean): Node[] {
  const words = el("div", "dr-head-words");
  const label = el("span", `dr-head-label${column.settings.wrap ? "" : " dr-cut"}`, column.label);
  label.dir = "auto";
  words.append(label);
  if (column.missing) words.append(el("small", "dr-head-detail", "Not in the data"));
  if (column.compared !== null) words.append(el("small", "dr-head-detail", column.compared));
  if (column.detail !== null) words.append(el("small", "dr-head-detail", column.detail));
  column.filters.forEach((filter, index) =>
    words.append(chip(filter.kind, filter.label, column.label, index, page)),
  );
  if (page) return [el("span", "dr-mark"), words];
  const tools = el("span", "dr-tools");
  const grip = el("span", "dr-grip");
  grip.append(icon("grip", true));
  grip.title = clip("Drag to another place");
  const gear = button("settings", `Settings of ${column.label}`, "dr-ib", icon("settings", true));
  gear.setAttribute("aria-haspopup", "dialog");
  tools.append(grip, gear, button("remove", `Remove ${column.label}`, "dr-ib", icon("close", true)));
  return [el("span", "dr-mark"), tools, words];
}

function chip(kind: string, label: string, column: string, index: number, page: boolean): HTMLElement {
  const node = el("span", `dr-head-chip dr-kind-${kind}`);
  const words = el("span", "dr-ell", label);
  words.dir = "auto";
  words.title = clip(label);
  node.append(words);
  if (!page)
    node.append(
      button(`filter:${index}`, `Remove the filter ${label} from ${column}`, "dr-ib", icon("close", true)),
    );
  return node;
}

/** The corner over the labels: nothing to read, nothing to drop on. */
export class Corner implements Renderer<HeaderParams> {
  private readonly gui = el("div", "dr-corner");

  init(params: HeaderParams): void {
    params.eGridHeader.setAttribute("aria-label", "Rows");
  }

  getGui(): HTMLElement {
    return this.gui;
  }

  refresh(): boolean {
    return true;
  }
}
