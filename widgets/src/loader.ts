/** The module that the model of each workspace carries: small, so that many models start fast.
 *
 * anywidget gives a model two seconds to start, and brings its module along with each one. The shell itself
 * travels once, as the trait of a model that all workspaces of a kernel share, and is loaded once per page.
 */
import type { ShellModel } from "./sync/model";

interface Source {
  get(name: "code" | "style"): string;
}
interface Shell {
  render(view: { model: ShellModel; el: HTMLElement }): () => void;
}
interface Loader {
  get(name: "source" | "version"): string;
  widget_manager: { get_model(id: string): Promise<Source> };
}

const LOADED = Symbol.for("dynreports.shells");
const REFERENCE = "IPY_MODEL_";

/** The shells of this page by version: two kernels may run two versions of dynreports. */
function loaded(): Map<string, Promise<Shell>> {
  const page = globalThis as { [LOADED]?: Map<string, Promise<Shell>> };
  return (page[LOADED] ??= new Map());
}

async function load(model: Loader): Promise<Shell> {
  const source = await model.widget_manager.get_model(model.get("source").slice(REFERENCE.length));
  const style = document.createElement("style");
  style.textContent = source.get("style");
  const address = URL.createObjectURL(new Blob([source.get("code")], { type: "text/javascript" }));
  try {
    const module = (await import(address)) as { default: Shell };
    document.head.append(style);
    return module.default;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function shellOf(model: Loader): Promise<Shell> {
  const version = model.get("version");
  const known = loaded().get(version);
  if (known) return known;
  const shell = load(model);
  loaded().set(version, shell);
  // What failed, such as because the kernel was gone, is tried again by the next workspace.
  shell.catch(() => loaded().delete(version));
  return shell;
}

async function render({
  model,
  el,
  signal,
}: {
  model: ShellModel;
  el: HTMLElement;
  signal?: AbortSignal;
}): Promise<(() => void) | undefined> {
  let shell: Shell;
  try {
    shell = await shellOf(model as unknown as Loader);
  } catch (error) {
    el.setAttribute("role", "alert");
    el.textContent = `The workspace could not be loaded: ${String(error)}. Run its cell again.`;
    return undefined;
  }
  return signal?.aborted ? undefined : shell.render({ model, el });
}

export default { render };
