/** Scrolls what lies under the pointer when it comes near an edge during a drag. */
import { scrollStep } from "./geometry";

export class AutoScroll {
  private pointer: { x: number; y: number } | null = null;
  /** What can scroll around and inside of the tables, innermost first. Found once per drag. */
  private readonly boxes: Scroller[];
  private readonly move = (event: DragEvent): void => {
    this.pointer = { x: event.clientX, y: event.clientY };
  };

  constructor(private readonly root: HTMLElement) {
    this.boxes = scrollersOf(root);
    document.addEventListener("dragover", this.move, true);
  }

  /** One frame: the innermost box that can still scroll in that direction goes first. */
  step(): void {
    if (!this.pointer) return;
    const { x, y } = this.pointer;
    if (!holds(this.root.getBoundingClientRect(), x, y)) return;
    let [down, right] = [true, true];
    for (const { element, vertical, horizontal } of this.boxes) {
      if (!down && !right) return;
      const box = element.getBoundingClientRect();
      if (!holds(box, x, y)) continue;
      if (down && vertical) down = !shift(element, "scrollTop", scrollStep(y, box.top, box.height));
      if (right && horizontal) right = !shift(element, "scrollLeft", scrollStep(x, box.left, box.width));
    }
  }

  close(): void {
    document.removeEventListener("dragover", this.move, true);
  }
}

interface Scroller {
  element: HTMLElement;
  vertical: boolean;
  horizontal: boolean;
}

function scrollersOf(root: HTMLElement): Scroller[] {
  const found = new Map<HTMLElement, Scroller>();
  // ag-grid scrolls its columns itself: their overflow is hidden.
  for (const element of root.querySelectorAll<HTMLElement>(".ag-center-cols-viewport")) {
    found.set(element, { element, vertical: false, horizontal: true });
  }
  for (const start of [root, ...root.querySelectorAll<HTMLElement>(".ag-body-viewport, [data-dr-zone]")]) {
    for (let at: HTMLElement | null = start; at && at !== document.body; at = at.parentElement) {
      if (found.has(at)) continue;
      const { overflowX, overflowY } = getComputedStyle(at);
      const [vertical, horizontal] = [scrolls(overflowY), scrolls(overflowX)];
      if (vertical || horizontal) found.set(at, { element: at, vertical, horizontal });
    }
  }
  const depth = (element: HTMLElement | null): number => (element ? 1 + depth(element.parentElement) : 0);
  return [...found.values()].sort((a, b) => depth(b.element) - depth(a.element));
}

function scrolls(overflow: string): boolean {
  return overflow === "auto" || overflow === "scroll";
}

function holds(box: DOMRect, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

function shift(element: Element, axis: "scrollTop" | "scrollLeft", by: number): boolean {
  if (by === 0) return false;
  const before = element[axis];
  element[axis] = before + by;
  return element[axis] !== before;
}
