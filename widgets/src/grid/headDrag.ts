/** A column's head can be dragged to another place: native drag, because the grid's inside is not React. */
import { flushSync } from "react-dom";
import type { DropStore } from "../drop/store";
import type { TablePayload } from "../sync/types";

export function dragHeads(element: HTMLElement, payload: () => TablePayload, store: DropStore): () => void {
  // A wider column brings its head under the place where its edge was taken: that is no drag of the head.
  let resizing = false;
  const press = (event: MouseEvent): void => {
    resizing = (event.target as HTMLElement).closest?.(".ag-header-cell-resize") != null;
  };
  const start = (event: DragEvent): void => {
    if (resizing) {
      event.preventDefault();
      return;
    }
    const head = (event.target as HTMLElement).closest?.<HTMLElement>(".dr-head");
    const id = head?.closest(".ag-header-cell")?.getAttribute("col-id");
    const column = payload().columns.find((each) => each.id === id);
    if (!head || !column || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("application/x-dynreports-column", column.id);
    // Changing the page inside dragstart ends the drag in Chromium: the targets come right after.
    setTimeout(() =>
      flushSync(() =>
        store.start({
          what: "column",
          table: payload().id,
          column: column.id,
          label: column.label,
          keyboard: false,
        }),
      ),
    );
  };
  const end = (): void => store.end();
  element.addEventListener("mousedown", press, true);
  element.addEventListener("dragstart", start);
  element.addEventListener("dragend", end);
  return () => {
    element.removeEventListener("mousedown", press, true);
    element.removeEventListener("dragstart", start);
    element.removeEventListener("dragend", end);
  };
}
