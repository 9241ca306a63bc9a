/** The script of a report that is one file: sorting, pages, folding, print. It holds no state but the page's own. */
import "../styles/snapshot.css";
import { pages, range, read, show, sort, type Block, type Sort } from "./table";

export function start(root: ParentNode = document): void {
  for (const table of root.querySelectorAll<HTMLTableElement>("table.dr-ft")) live(table);
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-print]")) {
    button.hidden = false;
    // In the frame of a page it may not.
    button.addEventListener("click", () => (parent === window ? print() : parent.postMessage("print", "*")));
  }
  // The page that shows this until it is live itself begins with that when this is painted.
  if (parent !== window) requestAnimationFrame(() => setTimeout(() => parent.postMessage("painted", "*")));
}

function live(table: HTMLTableElement): void {
  const top = read(table);
  const foot = table.closest(".dr-card")!.querySelector<HTMLElement>(".dr-tf");
  const draw = (): void => {
    table.tBodies[0]!.append(...show(top));
    for (const pager of pagers) pager();
  };
  const pagers = foot ? [pager(top, foot, draw, true)] : [];
  for (const block of under(top)) pagers.push(pager(block, block.head.cells[0]!, draw, false));
  for (const row of rows(top)) {
    const twist = row.line.querySelector<HTMLButtonElement>(".dr-twist");
    twist?.addEventListener("click", () => {
      row.open = !row.open;
      twist.setAttribute("aria-expanded", String(row.open));
      draw();
    });
  }
  sortable(table, top, draw);
  draw();
}

function under(block: Block): Block[] {
  return block.rows.flatMap((row) => (row.child ? [row.child, ...under(row.child)] : []));
}

function rows(block: Block): Block["rows"] {
  return block.rows.flatMap((row) => [row, ...(row.child ? rows(row.child) : [])]);
}

/** Buttons for the pages of a block, where it has several; returns what brings them up to date. */
function pager(block: Block, place: HTMLElement, draw: () => void, words: boolean): () => void {
  const label = place.querySelector<HTMLElement>(".dr-range")!;
  const count = label.textContent!.split(" of ").at(-1)!;
  if (pages(block) <= 1) return () => undefined;
  const turn = (by: number) => (): void => {
    block.page += by;
    draw();
  };
  const previous = button("Previous", "left", turn(-1), words);
  const next = button("Next", "right", turn(1), words);
  const buttons = document.createElement("span");
  buttons.className = "dr-pages dr-noprint";
  buttons.append(previous, next);
  label.after(buttons);
  label.setAttribute("role", "status");
  return () => {
    label.textContent = range(block, count);
    previous.disabled = block.page <= 1;
    next.disabled = block.page >= pages(block);
  };
}

function icon(name: string): HTMLElement {
  const node = document.createElement("i");
  node.className = `dr-i dr-i-12 dr-i-${name}`;
  node.setAttribute("aria-hidden", "true");
  return node;
}

function button(words: string, glyph: string, press: () => void, shown: boolean): HTMLButtonElement {
  const node = document.createElement("button");
  node.className = shown ? "dr-btn" : "dr-ib";
  if (!shown) node.setAttribute("aria-label", `${words} page`);
  const parts: (Node | string)[] = shown ? [icon(glyph), words] : [icon(glyph)];
  node.append(...(words === "Next" ? parts.reverse() : parts));
  node.addEventListener("click", press);
  return node;
}

/** The heads sort: first from the highest figure, or the first label, and then the other way round. */
function sortable(table: HTMLTableElement, top: Block, draw: () => void): void {
  const heads = [...table.tHead!.rows[0]!.cells];
  for (const [index, head] of heads.entries()) {
    const press = head.querySelector("button");
    if (!press) continue;
    if (table.dataset.part !== undefined) {
      // Other rows might come first, and they are not here.
      press.disabled = true;
      continue;
    }
    press.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      const column = index === 0 ? null : index - 1;
      const descending = now === "descending" ? false : now === "ascending" ? true : column !== null;
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sort(top, { column, descending } satisfies Sort);
      draw();
    });
  }
}

start();
