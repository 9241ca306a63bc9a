/** Widths of columns that people set by hand: by dragging an edge, by keys, and back to what fits.
 *
 * They belong to the report, so Python keeps them; here is only what it was not told yet. On a page to read they
 * live as long as the page.
 */
import type { TablePayload } from "../sync/types";
import { LABEL } from "./ag";

/** What Python is told: a column (null: the labels), and its width (null: what fits). */
export type Tell = (column: string | null, width: number | null) => void;

const LEAST = 56;
const LEAST_LABEL = 140;
const MOST = 1200;
/** Keys that are held or pressed in a row are one step of undo. */
const PAUSE = 500;

const onPages = new Map<string, Map<string, number>>();

export class Widths {
  private readonly own: Map<string, number>;
  private waiting: { column: string; timer: ReturnType<typeof setTimeout> } | null = null;

  constructor(
    table: string,
    private readonly tell: Tell | null,
  ) {
    this.own = (tell === null && onPages.get(table)) || new Map<string, number>();
    if (tell === null) onPages.set(table, this.own);
  }

  of(payload: TablePayload, column: string): number | null {
    const kept =
      column === LABEL
        ? payload.labelWidth
        : (payload.columns.find((each) => each.id === column)?.width ?? null);
    return this.own.get(column) ?? kept;
  }

  /** Python has spoken: what it says goes, unless keys are still being pressed. */
  confirm(): void {
    if (this.tell !== null && this.waiting === null) this.own.clear();
  }

  /** Set a width: at once, or when no more keys come. */
  set(column: string, width: number, later = false): void {
    const within = Math.round(Math.min(MOST, Math.max(column === LABEL ? LEAST_LABEL : LEAST, width)));
    if (this.waiting !== null && this.waiting.column !== column) this.flush();
    this.own.set(column, within);
    if (this.waiting !== null) clearTimeout(this.waiting.timer);
    this.waiting = { column, timer: setTimeout(() => this.flush(), later ? PAUSE : 0) };
  }

  fit(column: string): void {
    if (this.waiting !== null) this.flush();
    this.own.delete(column);
    this.tell?.(column === LABEL ? null : column, null);
  }

  /** Tell what was set last, now. */
  flush(): void {
    if (this.waiting === null) return;
    const { column, timer } = this.waiting;
    clearTimeout(timer);
    this.waiting = null;
    this.tell?.(column === LABEL ? null : column, this.own.get(column) ?? null);
  }
}
