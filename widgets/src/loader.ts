/** The module that the model of each workspace carries: small, so that many models start fast.
 *
 * anywidget gives a model two seconds to start, and brings its module along with each one. The shell itself
 * travels once, as the trait of a model that all workspaces of a kernel share, and is loaded once per page. Pages of
 * the page server have it from there.
 */
import type { ShellModel } from "./sync/model";
import { addressOf, moduleOf, oncePerPage } from "./sync/once";

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
  const address = addressOf("shell.js", model.get("version"));
  if (address !== null) {
    const [{ default: shell }] = (await Promise.all([
      import(/* @vite-ignore */ address),
      styled(address.replace(/js$/, "css")),
    ])) as [{ default: Shell }, unknown];
    return shell;
  }
  const source = await model.widget_manager.get_model(model.get("source").slice(REFERENCE.length));
  const style = document.createElement("style");
  style.textContent = source.get("style");
  const { default: shell } = await moduleOf<{ default: Shell }>(source.get("code"));
  document.head.append(style);
  return shell;
}

function styled(href: string): Promise<unknown> {
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((done, failed) => {
    sheet.onload = done;
    sheet.onerror = () => failed(new Error("its style sheet did not come"));
    document.head.append(sheet);
  });
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
  const source = model as unknown as Loader;
  const version = source.get("version");
  try {
    shell = await oncePerPage("dynreports.shells", version, () => load(source));
  } catch (error) {
    el.setAttribute("role", "alert");
    const how = addressOf("", version) === null ? "Run its cell again." : "Reload the page.";
    el.textContent = `The workspace could not be loaded: ${String(error)}. ${how}`;
    return undefined;
  }
  return signal?.aborted ? undefined : shell.render({ model, el });
}

export default { render };
