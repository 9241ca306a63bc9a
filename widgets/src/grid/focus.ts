/** Keeps the focus in the grid over a redraw: ag-grid makes pinned rows anew with every change of the rows. */

/** Where to go on when a control can't be used any more: on the last page there is no next one. */
export const OTHER: Record<string, string> = { next: "previous", previous: "next" };

/** Remember where the focus is; the function that comes back puts it there again if it was lost. */
export function keepFocus(grid: HTMLElement): () => void {
  const active = grid.ownerDocument.activeElement;
  if (!(active instanceof HTMLElement) || !grid.contains(active)) return () => undefined;
  const column = active.closest("[col-id]")?.getAttribute("col-id");
  const row = active.closest("[row-id]")?.getAttribute("row-id");
  const { act } = active.dataset;
  // A head over columns that is gone leaves the focus to the first of them.
  const under = active.closest(".ag-header-group-cell")?.querySelector<HTMLElement>(".dr-level")
    ?.dataset.first;
  const attempt = (): void => {
    if (grid.ownerDocument.activeElement !== grid.ownerDocument.body || column == null) return;
    const line = row == null ? ".ag-header-cell" : `.ag-row[row-id="${CSS.escape(row)}"] `;
    const at = (id: string): HTMLElement | null =>
      grid.querySelector<HTMLElement>(`${line}[col-id="${CSS.escape(id)}"]`);
    const cell = at(under ?? column);
    const find = (name: string | undefined): HTMLElement | null =>
      (name && cell?.querySelector<HTMLElement>(`[data-act="${name}"]:not(:disabled)`)) || null;
    const control = find(act) ?? find(OTHER[act ?? ""]);
    (control ?? cell)?.focus({ preventScroll: true });
  };
  return () => {
    attempt();
    // Rows that are new come with the next frame.
    requestAnimationFrame(attempt);
  };
}
