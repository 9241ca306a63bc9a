/** Where the targets lie right now, read from the page. Nothing is written here. */
import { type Box, clip, headPart } from "./geometry";
import type { DropStore } from "./store";
import type { DropTarget } from "./targets";

export interface Placed {
  /** What takes the pointer. */
  hit: Box;
  /** For an edge: the line over the whole table. */
  line: Box | null;
  /** Width of the label column, for targets on rows: the frame is drawn on it. */
  label: number;
  /** How far the head of a column can be seen beyond its middle, left and right: the frame goes around all of it. */
  edge: [number, number];
}

/** How far the rim over the heads reaches into them, and how high the gap between two rows is. */
const RIM = 7;
const GAP = 9;

/** One pass over the page: boxes of tables and their parts are read once, however many targets need them. */
export class Measure {
  private readonly origin: DOMRect;
  private readonly tables = new Map<string, TableBoxes | null>();
  private readonly view: Box;

  constructor(
    private readonly root: HTMLElement,
    private readonly store: DropStore,
    private readonly finder: Finder,
    private readonly middles: ReadonlySet<string>,
  ) {
    this.origin = root.getBoundingClientRect();
    this.view = { left: 0, top: 0, width: this.origin.width, height: this.origin.height };
  }

  place({ anchor }: DropTarget): Placed | null {
    switch (anchor.at) {
      case "zone":
        return this.element(this.finder.zone(anchor.zone, anchor.id));
      case "empty":
        return this.element(
          this.table(anchor.table)?.element.querySelector<HTMLElement>(`[data-dr-empty="${anchor.area}"]`) ??
            null,
        );
      case "head":
        return this.head(anchor.table, anchor.column, anchor.part);
      case "name":
        return this.name(anchor.table, anchor.row);
      case "row":
        return this.row(anchor.table, anchor.row);
      case "above":
        return this.above(anchor.table);
      case "total":
        return this.total(anchor.table, anchor.row);
      case "between":
        return this.between(anchor.table, anchor.row, anchor.side);
    }
  }

  private element(element: HTMLElement | null): Placed | null {
    const hit = element && this.clipped(this.box(element), element);
    return hit && { hit, line: null, label: 0, edge: [0, 0] };
  }

  private head(table: string, column: string, part: "before" | "middle" | "after"): Placed | null {
    const boxes = this.table(table);
    const cell = boxes?.heads.get(column);
    if (!boxes || !cell || !boxes.center) return null;
    const hit = clip(headPart(cell, part, this.middles.has(table)), boxes.center);
    const seen = hit && clip(hit, boxes.view);
    if (!seen) return null;
    if (part === "middle") {
      const whole = clip(cell, boxes.center) ?? seen;
      const right = whole.left + whole.width - seen.left - seen.width;
      return { hit: seen, line: null, label: 0, edge: [seen.left - whole.left, right] };
    }
    const at = part === "before" ? cell.left : cell.left + cell.width;
    const bottom = Math.min(boxes.frame.top + boxes.frame.height, boxes.view.top + boxes.view.height);
    return {
      hit: seen,
      label: 0,
      edge: [0, 0],
      line: { left: at - 1.5, top: cell.top - 6, width: 3, height: bottom - cell.top + 6 },
    };
  }

  /** The rim over the heads of all columns. */
  private above(table: string): Placed | null {
    const boxes = this.table(table);
    if (!boxes?.center || boxes.heads.size === 0) return null;
    const { left, top, width } = boxes.center;
    const hit = clip({ left, top: top - 8, width, height: RIM + 8 }, boxes.view);
    return hit && { hit, label: 0, edge: [0, 0], line: { left, top: top - 1.5, width, height: 3 } };
  }

  /** The figures of a total, beside its name. */
  private total(table: string, row: string): Placed | null {
    const boxes = this.table(table);
    if (!boxes) return null;
    const isTop = this.store.table(table)?.payload.total?.id === row;
    const line = isTop ? boxes.total : boxes.rows.get(row);
    const within = isTop ? boxes.frame : boxes.body;
    if (!line || !within) return null;
    const own = this.box(line);
    const left = own.left + own.width;
    const beside = {
      left,
      top: own.top,
      height: own.height,
      width: boxes.frame.left + boxes.frame.width - left - 2,
    };
    const inside = clip(beside, within);
    const hit = inside && clip(inside, boxes.view);
    return hit && { hit, line: null, label: hit.width, edge: [0, 0] };
  }

  /** The gap before or after a row. */
  private between(table: string, row: string, side: "before" | "after"): Placed | null {
    const boxes = this.table(table);
    const line = boxes?.rows.get(row);
    if (!boxes?.body || !line) return null;
    const own = this.box(line);
    const indent = this.indent(line);
    const left = own.left + indent;
    const width = boxes.frame.width - indent - 2;
    const at = side === "before" ? own.top : own.top + own.height;
    const inside = clip({ left, top: at - GAP / 2, width, height: GAP }, boxes.body);
    const hit = inside && clip(inside, boxes.view);
    return hit && { hit, label: 0, edge: [0, 0], line: { left, top: at - 1.5, width, height: 3 } };
  }

  private name(table: string, row: string): Placed | null {
    const boxes = this.table(table);
    if (!boxes) return null;
    const isTop = this.store.table(table)?.payload.total?.id === row;
    const line = isTop ? boxes.total : boxes.rows.get(row);
    const within = isTop ? boxes.frame : boxes.body;
    const name = line?.querySelector<HTMLElement>(".dr-name");
    if (!name || !within) return null;
    const { left, top, width, height } = this.box(name);
    const wide = { left: left - 8, top: top - 1, width: width + 12, height: height + 2 };
    const inside = clip(wide, within);
    const hit = inside && clip(inside, boxes.view);
    return hit && { hit, line: null, label: hit.width, edge: [0, 0] };
  }

  private row(table: string, row: string): Placed | null {
    const boxes = this.table(table);
    const line = boxes?.rows.get(row);
    if (!boxes?.body || !line) return null;
    const own = this.box(line);
    const indent = this.indent(line);
    const inside = clip(
      { left: own.left + indent, top: own.top, height: own.height, width: boxes.frame.width - indent - 2 },
      boxes.body,
    );
    const hit = inside && clip(inside, boxes.view);
    return hit && { hit, line: null, label: own.width - indent, edge: [0, 0] };
  }

  private indent(line: HTMLElement): number {
    return line.querySelectorAll(".dr-gutter").length * 26;
  }

  private table(id: string): TableBoxes | null {
    let boxes = this.tables.get(id);
    if (boxes === undefined) this.tables.set(id, (boxes = this.readTable(id)));
    return boxes;
  }

  private readTable(id: string): TableBoxes | null {
    const element = this.store.table(id)?.element;
    const whole = element?.closest<HTMLElement>("[data-dr-table]");
    if (!element || !whole || !this.root.contains(element)) return null;
    const find = (selector: string): HTMLElement | null => element.querySelector<HTMLElement>(selector);
    const frame = this.box(element);
    const heads = new Map(
      [...element.querySelectorAll<HTMLElement>(".ag-header-viewport .ag-header-cell[col-id]")].map(
        (cell) => [cell.getAttribute("col-id")!, this.box(cell)],
      ),
    );
    const rows = new Map(
      [...element.querySelectorAll<HTMLElement>(".ag-pinned-left-cols-container .ag-row[row-id]")].map(
        (line) => [line.getAttribute("row-id")!, line],
      ),
    );
    const center = find(".ag-header-viewport");
    const body = find(".ag-body-viewport");
    return {
      element: whole,
      frame,
      heads,
      rows,
      total: find(".ag-pinned-left-floating-top .ag-row"),
      center: center && this.box(center),
      body: body && this.box(body),
      view: this.clipped(frame, element) ?? { left: 0, top: 0, width: 0, height: 0 },
    };
  }

  private box(element: Element): Box {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { left: left - this.origin.left, top: top - this.origin.top, width, height };
  }

  private clipped(box: Box, element: HTMLElement): Box | null {
    let result = clip(box, this.view);
    for (const scroller of this.finder.clips(element)) result = result && clip(result, this.box(scroller));
    return result;
  }
}

interface TableBoxes {
  element: HTMLElement;
  frame: Box;
  heads: Map<string, Box>;
  rows: Map<string, HTMLElement>;
  total: HTMLElement | null;
  center: Box | null;
  body: Box | null;
  view: Box;
}

/** Finds elements once per drag instead of once per frame. */
export class Finder {
  private readonly zones = new Map<string, HTMLElement | null>();
  private readonly around = new WeakMap<HTMLElement, HTMLElement[]>();

  constructor(private readonly root: HTMLElement) {}

  zone(kind: string, id: string): HTMLElement | null {
    const key = `${kind}:${id}`;
    let found = this.zones.get(key);
    if (found === undefined || found?.isConnected === false) {
      found = this.root.querySelector<HTMLElement>(`[data-dr-zone="${kind}"][data-id="${CSS.escape(id)}"]`);
      this.zones.set(key, found);
    }
    return found;
  }

  /** The boxes around an element that cut off what lies outside of them. */
  clips(element: HTMLElement): HTMLElement[] {
    let found = this.around.get(element);
    if (!found) {
      found = [];
      // The body's overflow is the window's: its own box says nothing (JupyterLab's is 0 px high).
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(at);
        if (overflowX !== "visible" || overflowY !== "visible") found.push(at);
      }
      this.around.set(element, found);
    }
    return found;
  }
}
