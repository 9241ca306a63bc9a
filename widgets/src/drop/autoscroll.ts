/** Scrolls what lies under the pointer when it comes near an edge during a drag. */
import { scrollStep } from "./geometry";

export class AutoScroll {
  private pointer: { x: number; y: number } | null = null;
  private readonly move = (event: DragEvent): void => {
    this.pointer = { x: event.clientX, y: event.clientY };
  };

  constructor(private readonly root: HTMLElement) {
    document.addEventListener("dragover", this.move, true);
  }

  /** One frame: the innermost box that can still scroll in that direction goes first. */
  step(): void {
    if (!this.pointer) return;
    const { x, y } = this.pointer;
    const outer = this.root.getBoundingClientRect();
    if (x < outer.left || x > outer.right || y < outer.top || y > outer.bottom) return;
    const under = document.elementsFromPoint(x, y).find((each) => !each.closest(".dr-overlay"));
    let [down, right] = [true, true];
    for (let at: Element | null = under ?? null; at && (down || right); at = at.parentElement) {
      const box = at.getBoundingClientRect();
      if (down && at.scrollHeight > at.clientHeight + 1 && scrolls(at, "overflowY")) {
        down = !shift(at, "scrollTop", scrollStep(y, box.top, box.height));
      }
      if (right && at.scrollWidth > at.clientWidth + 1 && scrolls(at, "overflowX")) {
        right = !shift(at, "scrollLeft", scrollStep(x, box.left, box.width));
      }
    }
  }

  close(): void {
    document.removeEventListener("dragover", this.move, true);
  }
}

function scrolls(element: Element, axis: "overflowX" | "overflowY"): boolean {
  // ag-grid's columns scroll although their overflow is hidden.
  return (
    ["auto", "scroll"].includes(getComputedStyle(element)[axis]) ||
    element.matches(".ag-center-cols-viewport")
  );
}

function shift(element: Element, axis: "scrollTop" | "scrollLeft", by: number): boolean {
  if (by === 0) return false;
  const before = element[axis];
  element[axis] = before + by;
  return element[axis] !== before;
}
