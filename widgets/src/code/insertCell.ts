/** A cell below our own, in JupyterLab, without an extension of our own.
 *
 * JupyterLab's widget manager hands out the document that it serves; its shared model is what the notebook is
 * edited through, by people and by collaborators alike. Elsewhere (VS Code, Colab, a page) there is none.
 */
interface SharedCell {
  cell_type: string;
  outputs?: readonly { data?: Record<string, unknown> }[];
}
interface SharedNotebook {
  cells: readonly SharedCell[];
  insertCell(index: number, cell: { cell_type: "code"; source: string; metadata: object }): unknown;
}
const VIEW = "application/vnd.jupyter.widget-view+json";

/** Whether cells can be inserted from here. */
export function canInsert(manager: unknown): boolean {
  return notebookOf(manager) !== null;
}

/** Insert a code cell below the one that shows `root`; false if that is not possible. */
export function insertCell(manager: unknown, root: Element, modelId: string, source: string): boolean {
  const notebook = notebookOf(manager);
  if (!notebook) return false;
  const at = cellOf(notebook, root, modelId);
  notebook.insertCell((at ?? notebook.cells.length - 1) + 1, { cell_type: "code", source, metadata: {} });
  return true;
}

function notebookOf(manager: unknown): SharedNotebook | null {
  const context = read(manager, "context");
  const model = read(context, "model");
  const shared = read(model, "sharedModel");
  const isNotebook = typeof read(shared, "insertCell") === "function" && Array.isArray(read(shared, "cells"));
  return isNotebook && read(model, "readOnly") !== true ? (shared as SharedNotebook) : null;
}

function read(object: unknown, name: string): unknown {
  return typeof object === "object" && object !== null
    ? (object as Record<string, unknown>)[name]
    : undefined;
}

/** The cell that we are shown in: by its place in the notebook where it is drawn, else by its output. */
function cellOf(notebook: SharedNotebook, root: Element, modelId: string): number | null {
  const { cells } = notebook;
  const shows = (cell: SharedCell | undefined): boolean =>
    (cell?.outputs ?? []).some(({ data }) => read(data?.[VIEW], "model_id") === modelId);
  const drawn = root.closest<HTMLElement>(".jp-Notebook-cell, .jp-Cell")?.dataset.windowedListIndex;
  if (drawn !== undefined && shows(cells[Number(drawn)])) return Number(drawn);
  const found = cells.findIndex(shows);
  return found < 0 ? null : found;
}
