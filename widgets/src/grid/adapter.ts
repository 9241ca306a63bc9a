/** Drives one ag-grid through its API: columns, rows, totals, sizes. All that comes from data goes through here. */
import type { ColumnState, TablePayload } from "../sync/types";
import { type ColumnDef, type GridOptions, type GroupDef, LABEL, type ResizeEvent, type RowData } from "./ag";
import { Ahead } from "./ahead";
import { valueRenderer } from "./cells";
import { mergeRows, rowData, same, sameColumns } from "./diff";
import { keepFocus } from "./focus";
import { markHover } from "./hover";
import { Corner, type Header, headerRenderer, nameEmptyHeads, levelRenderer } from "./headers";
import { labelRenderer } from "./labels";
import {
  columnWidth,
  gridHeight,
  headHeight,
  isTight,
  ITEM,
  LEVEL,
  naturalWidths,
  rowHeight,
  type Ruler,
  spread,
} from "./layout";
import { Scene } from "./scene";
import { depthOf, isLevel, type Level, stackDepth, stackOf } from "./stack";
import { type Tell, Widths } from "./widths";

export class GridAdapter {
  readonly scene: Scene;
  private readonly headers = new Set<Header>();
  private rows: RowData[] = [];
  private columns: readonly ColumnState[] | null = null;
  private natural: number[] = [];
  private narrow: number[] = [];
  private readonly byHand: Widths;
  private heights = "";
  private most: number | undefined;
  private gutters = "";
  private headHeight = 0;
  private readonly ahead: Ahead;
  private readonly unmarkHover: () => void;
  /** Made once: another class would make the grid throw away every cell that is there. */
  private readonly renderers: {
    label: ReturnType<typeof labelRenderer>;
    value: ReturnType<typeof valueRenderer>;
    head: ReturnType<typeof headerRenderer>;
    level: ReturnType<typeof levelRenderer>;
  };
  private readonly ruler: Ruler;
  private readonly resized = (event: ResizeEvent): void => this.remember(event);
  private readonly moved = (): void => this.keepStop();
  /** Heads are made whenever they come into view. */
  private readonly heads = new MutationObserver(() => nameEmptyHeads(this.element));

  constructor(
    private readonly options: GridOptions,
    private readonly element: HTMLElement,
    payload: TablePayload,
    page: boolean,
    tell: Tell | null = null,
    /** The room there is, in pixels: what is known of it before the first drawing is drawn only once. */
    private width = 0,
  ) {
    this.scene = new Scene(payload, page);
    this.byHand = new Widths(payload.id, tell);
    this.renderers = {
      label: labelRenderer(this.scene),
      value: valueRenderer(this.scene),
      head: headerRenderer(this.scene, this.headers),
      level: levelRenderer(this.scene),
    };
    this.ruler = rulerOf(element);
    Object.assign(options, {
      getRowId: ({ data }: { data: RowData }) => data.row.id,
      immutableData: true,
      rowHeight: ITEM,
      groupHeaderHeight: LEVEL,
      getRowHeight: ({ data }: { data: RowData }) => rowHeight(data.row),
      rowSelection: "multiple",
      suppressRowClickSelection: true,
      isRowSelectable: ({ data }: { data?: RowData }) => data?.row.type === "item",
      rowClassRules: {
        "dr-row-total": ({ data }: { data: RowData }) => data.row.type === "total",
        "dr-row-nested": ({ data }: { data: RowData }) => data.row.depth > 0,
        "dr-row-open": ({ data }: { data: RowData }) => data.row.type === "item" && data.row.open === true,
      },
      animateRows: false,
      suppressRowHoverHighlight: true,
      enableBrowserTooltips: true,
      suppressColumnMoveAnimation: true,
      suppressNoRowsOverlay: true,
      suppressContextMenu: true,
      suppressMovableColumns: true,
      suppressScrollOnNewData: true,
      suppressFieldDotNotation: true,
      // Tab leaves the grid: arrow keys walk in it. Controls of a cell are reached with Enter.
      tabToNextCell: () => null,
    });
    options.api.addEventListener("columnResized", this.resized as (event: never) => void);
    options.api.addEventListener("viewportChanged", this.moved);
    this.heads.observe(element.querySelector(".ag-header") ?? element, { childList: true, subtree: true });
    const size = () => ({ rows: this.rows.length, columns: this.scene.payload.columns.length });
    this.ahead = new Ahead(options, element, size);
    this.unmarkHover = markHover(element);
    this.apply(payload);
  }

  /** Draw a payload: only what differs from the one before is touched. */
  apply(payload: TablePayload): void {
    const { api } = this.options;
    const restoreFocus = keepFocus(this.element);
    this.scene.show(payload);
    const before = this.columns;
    const fresh = before === null || !sameColumns(before, payload.columns);
    if (before === null) this.element.style.height = `${gridHeight(payload, false, this.most) + 2}px`;
    const totals = fresh || !same(before, payload.columns);
    this.columns = payload.columns;
    this.byHand.confirm();
    this.narrow = payload.columns.map((_, index) => columnWidth(payload, index, this.ruler, true));
    this.natural = naturalWidths(payload, this.ruler, fresh ? null : this.natural);
    // Cells are made once, with their figures and in their final width, and no cell is emptied before it goes.
    const drawColumns = (): void => api.setColumnDefs(this.definitions(payload.columns));
    const isMore = fresh && before !== null && isSubset(before, payload.columns);
    if (fresh && !isMore) drawColumns();
    this.drawRows(payload, totals);
    if (isMore) drawColumns();
    const high = headHeight(payload.columns);
    if (high !== this.headHeight) api.setHeaderHeight((this.headHeight = high));
    for (const header of [...this.headers]) header.update();
    this.drawTotal(payload, totals);
    this.fit();
    this.keepStop();
    restoreFocus();
  }

  /** Show which totals their rows don't add up to. */
  mark(marks: ReadonlySet<string>): void {
    const { scene } = this;
    if (marks.size === scene.marks.size && [...marks].every((each) => scene.marks.has(each))) return;
    scene.marks = marks;
    const restoreFocus = keepFocus(this.element);
    // Heads are drawn again as if they were new; items stay.
    this.drawRows(scene.payload, true);
    this.drawTotal(scene.payload, true);
    restoreFocus();
  }

  private drawRows(payload: TablePayload, totals: boolean): void {
    const { api } = this.options;
    // Heads of blocks also show the sort arrow and the length of their gutter, which lie outside their own row.
    const gutters = JSON.stringify([...this.scene.gutters]);
    const known =
      totals || gutters !== this.gutters ? this.rows.filter(({ row }) => row.type === "item") : this.rows;
    this.gutters = gutters;
    const before = this.rows;
    this.rows = mergeRows(known, payload.rows, payload.columns);
    // Rows that stay where they are get what changed each: given rows as a whole, the grid lays itself out again.
    const stay =
      before.length === this.rows.length && before.every(({ row }, at) => row.id === this.rows[at]!.row.id);
    if (!stay || before.length === 0) {
      const ids = new Set(before.map(({ row }) => row.id));
      if (this.rows.filter(({ row }) => ids.has(row.id)).length * 2 < this.rows.length) this.ahead.restart();
      api.setRowData(this.rows);
    } else for (const [at, row] of this.rows.entries()) if (row !== before[at]) this.update(row);
    const heights = payload.rows.map(rowHeight).join();
    if (heights !== this.heights) {
      this.heights = heights;
      api.resetRowHeights();
    }
  }

  private update(row: RowData): void {
    this.options.api.getRowNode(row.row.id)?.updateData(row);
  }

  /** One cell is a stop for Tab: a scrolling box without one becomes a stop itself, and says nothing. */
  private keepStop(): void {
    const stops = this.element.querySelectorAll<HTMLElement>('.ag-body-viewport .ag-cell[tabindex="0"]');
    const find = (row: string): HTMLElement | null =>
      this.element.querySelector(`.ag-center-cols-container ${row} .ag-cell`);
    const first = find('.ag-row[row-index="0"]') ?? find(".ag-row");
    for (const stop of stops) if (stop !== first) stop.tabIndex = -1;
    if (first) first.tabIndex = 0;
  }

  private drawTotal(payload: TablePayload, changed: boolean): void {
    const { api } = this.options;
    const node = api.getPinnedTopRow(0);
    if (payload.total === null) {
      if (node) api.setPinnedTopRowData([]);
      return;
    }
    const data = rowData(payload.total, payload.columns);
    if (node && node.rowHeight === rowHeight(payload.total)) {
      if (changed || !same(node.data, data)) node.setData(data);
    } else api.setPinnedTopRowData([data]);
  }

  private group(groupId: string, children: GroupDef["children"]): GroupDef {
    const headerGroupComponent = this.renderers.level;
    return { groupId, children, headerGroupComponent, suppressHeaderKeyboardEvent: keysOfHead };
  }

  private definitions(columns: readonly ColumnState[]): (GroupDef | ColumnDef)[] {
    const widths = this.widths();
    const label: ColumnDef = {
      ...COMMON,
      colId: LABEL,
      pinned: "left",
      width: widths.get(LABEL) ?? 260,
      minWidth: 140,
      cellClass: "dr-cell-label",
      headerClass: "dr-head-corner",
      valueGetter: ({ data }) => data.row,
      equals: Object.is,
      cellRenderer: this.renderers.label,
      headerComponent: Corner,
    };
    const define = (each: Level | ColumnState): GroupDef | ColumnDef =>
      isLevel(each)
        ? this.group(each.id, each.under.map(define))
        : {
            ...COMMON,
            colId: each.id,
            width: widths.get(each.id)!,
            minWidth: 56,
            cellClass: "dr-cell-value",
            headerClass: "dr-head-cell",
            valueGetter: ({ data }) => data,
            equals: (a, b) => this.sameCell(each.id, a, b),
            cellRenderer: this.renderers.value,
            headerComponent: this.renderers.head,
          };
    const depth = stackDepth(columns);
    // The heads of each column stand right over it: what is left of the rows of heads is above them.
    const raised = (each: Level | ColumnState): GroupDef | ColumnDef => {
      let def = define(each);
      for (let left = isLevel(each) ? depth - depthOf(each) : 0; left > 0; left -= 1)
        def = this.group(`above:${left}:${each.id}`, [def]);
      return def;
    };
    return [label, ...stackOf(columns).map(raised)];
  }

  /** A total is also redrawn when the column changed: its sort arrow stands in it. */
  private sameCell(id: string, a: unknown, b: unknown): boolean {
    const [before, after] = [a, b] as (RowData | undefined)[];
    if (!before || !after) return false;
    return before.row.type === "item" && after.row.type === "item" && same(before.by[id], after.by[id]);
  }

  /** Widths of all columns in the room there is. Columns that were sized by hand keep theirs. */
  private widths(): Map<string, number> {
    const { payload } = this.scene;
    const depth = Math.max(0, ...payload.rows.map((row) => row.depth));
    const own = (id: string): number | null => this.byHand.of(payload, id);
    const hand = payload.columns.map(({ id }) => own(id));
    const { label, columns } = spread(
      this.width - 2,
      this.natural.map((each, index) => hand[index] ?? each),
      depth,
      this.narrow.map((each, index) => hand[index] ?? each),
    );
    return new Map([
      [LABEL, own(LABEL) ?? label],
      ...payload.columns.map(({ id }, index): [string, number] => [id, hand[index] ?? columns[index]!]),
    ]);
  }

  /** How high the table may be at most; undefined: as high as tables are that were given no height. */
  limit(most: number | undefined): void {
    if (this.most === most) return;
    this.most = most;
    this.fit();
  }

  /** Widths and height for the room there is: only what differs is set, since each lays the grid out again. */
  fit(width = this.width): void {
    this.width = width;
    if (width <= 0) return;
    const { columnApi } = this.options;
    const widths = this.widths();
    const changed = [...widths]
      .filter(([key, newWidth]) => columnApi.getColumn(key)?.getActualWidth() !== newWidth)
      .map(([key, newWidth]) => ({ key, newWidth }));
    if (changed.length > 0) columnApi.setColumnWidths(changed, true);
    const figures = this.scene.payload.columns.map(({ id }) => widths.get(id)!);
    this.element.classList.toggle("dr-tight", isTight(figures, this.narrow));
    const asked = [...widths.values()].reduce((sum, each) => sum + each, 0);
    const height = `${gridHeight(this.scene.payload, asked > width, this.most) + 2}px`;
    if (this.element.style.height !== height) this.element.style.height = height;
  }

  private remember({ finished, source, column }: ResizeEvent): void {
    if (!finished || !column || source !== "uiColumnDragged") return;
    const [id, width] = [column.getColId(), column.getActualWidth()];
    // A click on the edge resizes nothing; and the grid tells so late, after a double click is done with.
    if (width === this.widths().get(id)) return;
    this.byHand.set(id, width);
    this.fit();
  }

  /** Make a column wider or narrower by keys. */
  widen(column: string, by: number): void {
    const now = this.options.columnApi.getColumn(column)?.getActualWidth();
    if (now === undefined) return;
    this.byHand.set(column, now + by, true);
    this.fit();
  }

  /** Give a column the width that its figures need. */
  fitColumn(column: string): void {
    this.byHand.fit(column);
    this.fit();
  }

  close(): void {
    this.byHand.flush();
    this.options.api.removeEventListener("columnResized", this.resized as (event: never) => void);
    this.options.api.removeEventListener("viewportChanged", this.moved);
    this.heads.disconnect();
    this.ahead.close();
    this.unmarkHover();
    this.headers.clear();
  }
}

/** Keys pressed in a control of a head are the control's own; some others are ours. */
function keysOfHead({ event }: { event: KeyboardEvent }): boolean {
  return (
    !(event.target as HTMLElement).matches(".ag-header-cell, .ag-header-group-cell") ||
    event.key === "Enter" ||
    (event.key.startsWith("Arrow") && (event.shiftKey || event.ctrlKey || event.metaKey))
  );
}

const COMMON = {
  resizable: true,
  suppressAutoSize: true,
  suppressMovable: true,
  sortable: false,
  // Keys pressed in a control of a cell are the control's own.
  suppressKeyboardEvent: ({ event }: { event: KeyboardEvent }): boolean =>
    !(event.target as HTMLElement).matches(".ag-cell") || event.key === "Enter" || event.key === " ",
  suppressHeaderKeyboardEvent: keysOfHead,
} as const;

function isSubset(some: readonly ColumnState[], all: readonly ColumnState[]): boolean {
  const ids = new Set(all.map((column) => column.id));
  return some.every((column) => ids.has(column.id));
}

/** Measures text as the grid will draw it. */
function rulerOf(element: HTMLElement): Ruler {
  const context = document.createElement("canvas").getContext("2d");
  const { fontFamily, fontSize } = getComputedStyle(element);
  const size = Number.parseFloat(fontSize) || 13;
  const fonts = {
    cell: `${size}px ${fontFamily}`,
    bold: `600 ${size}px ${fontFamily}`,
    head: `600 ${(size * 12) / 13}px ${fontFamily}`,
    small: `${(size * 11) / 13}px ${fontFamily}`,
  };
  return (text, style) => {
    if (!context) return text.length * 7;
    context.font = fonts[style];
    return context.measureText(text).width;
  };
}
