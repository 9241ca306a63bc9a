/** Drag and drop, for the shell.
 *
 * - `<DropProvider state rules catalog send>` around the whole view.
 * - The rail's ListBox: `startDrag(items)` in onDragStart, `endDrag()` in onDragEnd
 *   (`useDragControls()`); whether it is a keyboard drag is seen here, and focus goes back to the chip by itself.
 * - `useTargets()` gives a function `items => DropTarget[]` for the "Add to…" menu; `intentOf` makes the intent.
 * - `<Overlay/>` as the last child of the view's root (position: relative). It finds the shell's own targets by
 *   `data-dr-zone="panel"` and `data-dr-zone="new_table"` with `data-id={panel.id}`. Items are zones, too ("item"),
 *   and so is the place for a new panel ("canvas").
 * - While a drag is on, the root has the attribute `data-dr-dragging`; what has the class `dr-fades` steps back.
 */
export { DropProvider, intentOf, useDragControls, useDragged, useTargets } from "./context";
export { Overlay } from "./Overlay";
export type { Dragged, DragItem } from "./store";
export { type DropTarget, targetsFor } from "./targets";
