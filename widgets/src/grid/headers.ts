/** The head of a column: kind mark and grip, label, remove; and what stands over it. Made by hand, updated in place. */
import type { ColumnState } from "../sync/types";
import type { HeaderParams, LevelParams, Renderer } from "./ag";
import { button, el, icon, refill } from "./dom";
import { clip, meaning } from "../ui/Label";
import type { Scene } from "./scene";
import { findLevel } from "./stack";

export interface Header {
  update(): void;
}

const SORTED = { none: "none", asc: "ascending", desc: "descending" };

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
      if (!column) return;
      // The grid takes it off again whenever it makes or refreshes a head.
      this.params.eGridHeader.setAttribute("aria-sort", SORTED[column.sort ?? "none"]);
      if (column === this.shown) return;
      this.shown = column;
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
  // What stands over it is a part of its name.
  if (column.filters.length > 0)
    words.append(el("span", "dr-sr", `, ${column.filters.map((each) => each.label).join(", ")}`));
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

/** A filter over the columns that it is common to. */
export function levelRenderer(scene: Scene): new () => Renderer<LevelParams> {
  return class LevelHead implements Renderer<LevelParams> {
    private readonly gui = el("div", "dr-level");

    init({ columnGroup }: LevelParams): void {
      const level = findLevel(scene.payload.columns, columnGroup.getGroupId());
      if (!level) return;
      const { chip, columns } = level;
      this.gui.dataset.first = columns[0]!.id;
      const band = el("span", `dr-head-chip dr-kind-${chip.kind}`);
      const words = el("span", "dr-ell", chip.label);
      words.dir = "auto";
      words.title = clip(chip.label);
      band.append(words);
      if (!scene.page) {
        const from = columns.length === 1 ? columns[0]!.label : `${columns.length} columns`;
        const name = `Remove the filter ${chip.label} from ${from}`;
        band.append(button("level", name, "dr-ib", icon("close", true)));
      }
      this.gui.append(band);
    }

    getGui(): HTMLElement {
      return this.gui;
    }

    refresh(): boolean {
      return false;
    }
  };
}

/** Where nothing stands over a head the grid puts an empty one: it says so to those who listen. */
export function nameEmptyHeads(element: HTMLElement): void {
  for (const head of element.querySelectorAll(".ag-header-group-cell"))
    if (!head.textContent?.trim()) head.append(el("span", "dr-sr", "No filter"));
}

/** The corner over the labels: nothing to see, nothing to drop on. */
export class Corner implements Renderer<HeaderParams> {
  private readonly gui = el("div", "dr-corner");

  init(): void {
    this.gui.append(el("span", "dr-sr", "Rows"));
  }

  getGui(): HTMLElement {
    return this.gui;
  }

  refresh(): boolean {
    return true;
  }
}
