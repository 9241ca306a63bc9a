/** The module that the model of each workspace carries: small, so that many models start fast.
 *
 * anywidget gives a model two seconds to start, and brings its module along with each one. The shell itself
 * travels once, as the trait of a model that all workspaces of a kernel share, and is loaded once per page.
 */
import type { ShellModel } from "./sync/model";
import { moduleOf, oncePerPage } from "./sync/once";

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

const REFERENCE = "IPY_MODEL_";

async function load(model: Loader): Promise<Shell> {
  const source = await model.widget_manager.get_model(model.get("source").slice(REFERENCE.length));
  const style = document.createElement("style");
  style.textContent = source.get("style");
  const { default: shell } = await moduleOf<{ default: Shell }>(source.get("code"));
  document.head.append(style);
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
    const source = model as unknown as Loader;
    shell = await oncePerPage("dynreports.shells", source.get("version"), () => load(source));
  } catch (error) {
    el.setAttribute("role", "alert");
    el.textContent = `The workspace could not be loaded: ${String(error)}. Run its cell again.`;
    return undefined;
  }
  return signal?.aborted ? undefined : shell.render({ model, el });
}

export default { render };
