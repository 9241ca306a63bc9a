/** Draws the rest of a table while somebody points at it and nothing else is to be done.
 *
 * A grid makes the rows and columns that come into view in each step of a scroll, and frames are dropped meanwhile.
 * Those that are there already are moved by the browser alone. Some time after the pointer went away they are let go
 * again: what is drawn has to be kept right by each gesture, and takes memory.
 */
import { idle } from "../ui/turns";
import type { GridOptions } from "./ag";

/** So many rows beyond those in view are always there. */
export const LEAST_ROWS = 2;
/** So many cells are made in one frame, and so many let go. */
const MADE = 100;
const LET_GO = 1_000;
/** A table of more cells is drawn as it scrolls: they would take memory, and make gestures slow. */
const MOST_CELLS = 9_000;
/** By so many pixels of columns, on each side of those in view, the grid is filled up in one frame. */
const WIDER = 400;
/** So many milliseconds a pointer is over a table that it doesn't just pass, and a table stands still. */
const REST = 150;
/** So many milliseconds after the pointer went away it is not taken to come back. */
const GONE = 2_000;

export class Ahead {
  /** The part that scrolls sideways. */
  private readonly columns: HTMLElement;
  private isOver = false;
  private isWanted = false;
  private isBusy = false;
  private isClosed = false;
  private timer = 0;
  private scrolled = -REST;
  /** How many pixels of columns are drawn on each side of those in view; 0: as many as the grid draws by itself. */
  private reach = 0;

  constructor(
    private readonly options: GridOptions,
    private readonly element: HTMLElement,
    /** How many rows and columns the table has. */
    private readonly size: () => { rows: number; columns: number },
    private readonly rest: () => Promise<void> = frameAndIdle,
  ) {
    options.rowBuffer = LEAST_ROWS;
    this.columns = element.querySelector<HTMLElement>(".ag-center-cols-viewport")!;
    this.element.addEventListener("pointermove", this.move);
    this.element.addEventListener("pointerleave", this.leave);
    // Scrolls don't bubble.
    this.element.addEventListener("scroll", this.scroll, true);
  }

  private readonly move = ({ buttons }: PointerEvent): void => {
    // Who drags something over the table is about to change it.
    if (this.isOver || buttons !== 0) return;
    this.isOver = true;
    this.later(true, REST);
  };

  private readonly leave = (): void => {
    this.isOver = false;
    this.later(false, GONE);
  };

  private later(isWanted: boolean, wait: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.want(isWanted), wait);
  }

  /** Whoever scrolls needs the time for what comes into view. */
  private readonly scroll = (): void => {
    this.scrolled = performance.now();
  };

  /** Begin anew: other rows come, of which the grid is to draw no more than those in view right away. */
  restart(): void {
    this.options.rowBuffer = LEAST_ROWS;
    if (this.isWanted) this.want(true);
  }

  private want(isWanted: boolean): void {
    this.isWanted = isWanted;
    if (!this.isBusy) void this.run();
  }

  private async run(): Promise<void> {
    this.isBusy = true;
    await this.rest();
    while (performance.now() - this.scrolled < REST || this.step()) await this.rest();
    this.isBusy = false;
  }

  /** Go one step towards what is wanted; false: it is there. */
  private step(): boolean {
    if (this.isClosed) return false;
    const { rows, columns } = this.size();
    const isWanted = this.isWanted && rows * columns <= MOST_CELLS;
    const by = (cells: number): number => Math.ceil(cells / (columns + 1));
    // Rows are made with all their cells, and go before their columns do.
    if (isWanted) return this.addColumns() || this.addRows(rows, by(MADE));
    if (this.dropRows(rows, by(LET_GO))) return true;
    this.dropColumns();
    return false;
  }

  private addRows(rows: number, by: number): boolean {
    const { api, rowBuffer } = this.options;
    if (api.getFirstDisplayedRow() <= 0 && api.getLastDisplayedRow() >= rows - 1) return false;
    this.keepRows(rowBuffer + by);
    return true;
  }

  private dropRows(rows: number, by: number): boolean {
    const { rowBuffer } = this.options;
    if (rowBuffer <= LEAST_ROWS) return false;
    this.keepRows(Math.max(LEAST_ROWS, Math.min(rowBuffer, rows) - by));
    return true;
  }

  private keepRows(count: number): void {
    this.options.rowBuffer = count;
    // The grid looks which rows it needs whenever it has scrolled.
    this.options.api.dispatchEvent({ type: "bodyScroll", direction: "vertical" });
  }

  /** Make columns as if the grid were wider than it is; then have it keep all of them wherever it is scrolled to. */
  private addColumns(): boolean {
    const model = this.options.columnApi.columnModel;
    if (!model || model.suppressColumnVirtualisation) return false;
    const { scrollLeft, clientWidth, scrollWidth } = this.columns;
    this.reach += WIDER;
    const left = Math.max(0, scrollLeft - this.reach);
    const right = scrollLeft + clientWidth + this.reach;
    model.setViewportPosition(right - left, left);
    model.suppressColumnVirtualisation = left === 0 && right >= scrollWidth;
    return true;
  }

  private dropColumns(): void {
    const model = this.options.columnApi.columnModel;
    if (!model || this.reach === 0) return;
    this.reach = 0;
    model.suppressColumnVirtualisation = false;
    model.setViewportPosition(this.columns.clientWidth, this.columns.scrollLeft);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.element.removeEventListener("pointermove", this.move);
    this.element.removeEventListener("pointerleave", this.leave);
    this.element.removeEventListener("scroll", this.scroll, true);
  }
}

/** The grid makes cells in the next frame. */
async function frameAndIdle(): Promise<void> {
  await new Promise((done) => requestAnimationFrame(done));
  await idle();
}
