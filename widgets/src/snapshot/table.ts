/** A table of the document: its rows as a tree, sorted, paged and folded.
 *
 * Python wrote every row with its unrounded figures (`data-v`) and its place in the order of the labels (`data-o`);
 * rows are only moved here, never made.
 */
export interface Row {
  line: HTMLTableRowElement;
  values: number[];
  order: number;
  open: boolean;
  child: Block | null;
}
/** Rows under one head, `limit` of them on a page. */
export interface Block {
  head: HTMLTableRowElement;
  limit: number;
  page: number;
  rows: Row[];
}
/** By a column (from 0) or by the labels. */
export interface Sort {
  column: number | null;
  descending: boolean;
}

export function read(table: HTMLTableElement): Block {
  const [head, ...lines] = [...table.tBodies[0]!.rows];
  const top: Block = block(head!, table.dataset);
  top.page = Number(table.dataset.page ?? 1);
  const blocks: Block[] = [top];
  for (const line of lines) {
    const depth = Number(line.dataset.depth ?? 0);
    if (line.dataset.v === undefined) {
      const child = block(line, line.dataset);
      blocks[depth - 1]!.rows.at(-1)!.child = child;
      blocks.splice(depth, Infinity, child);
    } else {
      const values = line.dataset.v.split(",").map((each) => (each === "" ? NaN : Number(each)));
      blocks[depth]!.rows.push({ line, values, order: Number(line.dataset.o), open: true, child: null });
    }
  }
  return top;
}

function block(head: HTMLTableRowElement, data: DOMStringMap): Block {
  return { head, limit: Number(data.limit), page: 1, rows: [] };
}

/** Put the rows of a block, and of all under it, in an order. It turns to the first page. */
export function sort(block: Block, { column, descending }: Sort): void {
  const sign = descending ? -1 : 1;
  const missing = (row: Row): boolean => row.line.querySelector(".dr-missing") !== null;
  block.rows.sort((a, b) => {
    if (column === null) return Number(missing(a)) - Number(missing(b)) || sign * (a.order - b.order);
    const [x, y] = [a.values[column]!, b.values[column]!];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) return a.order - b.order;
    // Blanks come last in both directions.
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
    return x < y ? -sign : sign;
  });
  block.page = 1;
  for (const row of block.rows) if (row.child) sort(row.child, { column, descending });
}

export function pages(block: Block): number {
  return Math.max(1, Math.ceil(block.rows.length / block.limit));
}

/** Show the page of every block: rows of other pages and under closed rows are hidden. */
export function show(block: Block, shown = true): HTMLTableRowElement[] {
  block.head.hidden = !shown;
  const first = (block.page - 1) * block.limit;
  const lines = [block.head];
  block.rows.forEach((row, index) => {
    const isOn = shown && index >= first && index < first + block.limit;
    row.line.hidden = !isOn;
    row.line.querySelector(".dr-no")!.textContent = `${index + 1}.`;
    lines.push(row.line);
    if (row.child) lines.push(...show(row.child, isOn && row.open));
  });
  return lines;
}

/** "1–10 of 41". `count`: as Python wrote it, which may be more than the document holds. */
export function range(block: Block, count: string): string {
  const first = (block.page - 1) * block.limit;
  const last = Math.min(first + block.limit, block.rows.length);
  return block.rows.length === 0 ? "no rows" : `${said(first + 1)}–${said(last)} of ${count}`;
}

/** As the report writes numbers. */
const said = (number: number): string =>
  number.toLocaleString(document.querySelector<HTMLElement>("[data-numbers]")?.dataset.numbers ?? "en");
