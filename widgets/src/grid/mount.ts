/** Brings an ipyaggrid model onto the page, and takes its view off again. */
import type { GridOptions } from "./ag";
import { easeThemes } from "./themes";

/** The parts of a Jupyter widget model and view that we use. */
export interface GridModel {
  get(name: "payload"): unknown;
  on(event: string, listener: () => void): void;
  off(event: string, listener?: () => void): void;
}
interface Lumino {
  constructor: { attach(widget: Lumino, host: HTMLElement): void };
  dispose(): void;
  isDisposed: boolean;
  isAttached: boolean;
  node: HTMLElement;
}
interface GridView {
  el: HTMLElement;
  gridDiv: HTMLElement;
  gridOptions: GridOptions;
  luminoWidget?: Lumino;
  pWidget?: Lumino;
  remove(): void;
}
export interface WidgetManager {
  get_model(id: string): Promise<unknown>;
  create_view(model: unknown, options?: object): Promise<unknown>;
}
export interface MountedGrid {
  model: GridModel;
  options: GridOptions;
  element: HTMLElement;
  unmount(): void;
}

/** Listeners of ipyaggrid that serve features we switched off; each view leaves its own on the model. */
const UNUSED = ["change:_counter_update_data", "change:_grid_data_down", "change:_cell_updates"];

/** The id of the model that a reference such as "IPY_MODEL_…" names. */
export function idOf(reference: string): string {
  return reference.replace(/^IPY_MODEL_/, "");
}

/** The model that a reference names. */
export async function getModel(manager: WidgetManager, reference: string): Promise<GridModel> {
  return (await manager.get_model(idOf(reference))) as GridModel;
}

/** Make a view of a model, wait for the host to be on the page, attach. */
export async function mountGrid(
  manager: WidgetManager,
  model: GridModel,
  host: HTMLElement,
  signal: AbortSignal,
): Promise<MountedGrid> {
  signal.throwIfAborted();
  const view = (await manager.create_view(model)) as GridView;
  try {
    easeThemes(document);
    for (const event of UNUSED) model.off(event);
    const options = await until(() => view.gridOptions?.api && view.gridOptions, signal);
    await until(() => host.isConnected, signal);
    const widget = view.luminoWidget ?? view.pWidget;
    if (!widget) throw new Error("This Jupyter front end can't show a widget inside another one.");
    widget.constructor.attach(widget, host);
    view.gridDiv.removeAttribute("style");
    view.gridDiv.className = "dr-grid";
    return { model, options, element: view.gridDiv, unmount: () => close(view) };
  } catch (error) {
    close(view);
    throw error;
  }
}

/** Take a view off. Lumino insists that what it detaches is on the page; React took it off already. */
function close(view: GridView): void {
  view.gridOptions?.api?.destroy();
  const widget = view.luminoWidget ?? view.pWidget;
  const shelf = document.createElement("div");
  if (widget?.isAttached && !widget.node.isConnected) {
    shelf.hidden = true;
    document.body.append(shelf);
    shelf.append(widget.node);
  }
  view.remove();
  if (widget && !widget.isDisposed) widget.dispose();
  shelf.remove();
}

/** Wait for something to be there. */
async function until<T>(probe: () => T | null | undefined | false, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const found = probe();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}
