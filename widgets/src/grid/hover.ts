/** Marks the row under the pointer, in both parts of a grid; rows that pass beneath it in a scroll are not marked.
 *
 * Left to itself, the grid marks one row after the other, and has each styled and painted twice within its frame.
 */

const HOVERED = "ag-row-hover";
/** So many milliseconds without a scroll, and rows stand still. */
const REST = 100;

export function markHover(grid: HTMLElement): () => void {
  let timer = 0;
  let at: { x: number; y: number } | null = null;

  const mark = (target: Element | null): void => {
    const row = target && grid.contains(target) ? target.closest(".ag-row") : null;
    const id = row?.getAttribute("row-id");
    for (const each of grid.querySelectorAll(".ag-row"))
      each.classList.toggle(HOVERED, id != null && each.getAttribute("row-id") === id);
  };
  const over = ({ target }: MouseEvent): void => {
    if (!timer) mark(target as Element);
  };
  const move = ({ clientX, clientY }: MouseEvent): void => {
    at = { x: clientX, y: clientY };
  };
  const leave = (): void => {
    at = null;
    mark(null);
  };
  const scroll = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      timer = 0;
      mark(at && grid.ownerDocument.elementFromPoint(at.x, at.y));
    }, REST);
  };
  grid.addEventListener("mouseover", over);
  grid.addEventListener("mousemove", move);
  grid.addEventListener("mouseleave", leave);
  // Scrolls don't bubble.
  grid.addEventListener("scroll", scroll, true);
  return () => {
    clearTimeout(timer);
    grid.removeEventListener("mouseover", over);
    grid.removeEventListener("mousemove", move);
    grid.removeEventListener("mouseleave", leave);
    grid.removeEventListener("scroll", scroll, true);
  };
}
