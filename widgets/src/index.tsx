/** The widgets: anywidget calls `render` for every view of a workspace, and of a home page. */
import { createRoot } from "react-dom/client";
import { HomeApp } from "./home/HomeApp";
import { App } from "./shell/App";
import { Boundary } from "./shell/Boundary";
import { trapKeys } from "./shell/keys";
import type { HomeModel, ShellModel } from "./sync/model";
import "./styles/index.css";

function render({ model, el }: { model: ShellModel | HomeModel; el: HTMLElement }): () => void {
  // React listens on `host`, inside of the trap: a key that we use is seen before it is stopped.
  const host = document.createElement("div");
  host.className = "dr-root";
  host.tabIndex = -1;
  el.replaceChildren(host);
  const release = trapKeys(host);
  const mount = document.createElement("div");
  mount.className = "dr-mount";
  host.append(mount);
  const root = createRoot(mount);
  root.render(
    <Boundary>
      {isHome(model) ? <HomeApp model={model} root={host} /> : <App model={model} root={host} />}
    </Boundary>,
  );
  return () => {
    release();
    // The grids take their views off in effects, which must not run while React renders.
    queueMicrotask(() => root.unmount());
  };
}

/** Only a home page has the trait. */
function isHome(model: ShellModel | HomeModel): model is HomeModel {
  return (model as HomeModel).get("home") !== undefined;
}

export default { render };
