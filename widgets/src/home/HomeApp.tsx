/** One view of the home page: the list of reports or, in its place, the report that was opened from it. */
import { useCallback, useEffect, useLayoutEffect, useState } from "react";
import { idOf } from "../grid/mount";
import { I18nProvider, UNSAFE_PortalProvider } from "react-aria";
import { App } from "../shell/App";
import { Toasts } from "../shell/Toasts";
import { useRoad } from "../shell/useRoad";
import type { HomeIntent } from "../sync/home";
import { useTrait } from "../sync/hooks";
import type { HomeModel, ShellModel } from "../sync/model";
import { Home } from "./Home";

export function HomeApp({ model, root }: { model: HomeModel; root: HTMLElement }) {
  const home = useTrait(model, "home");
  const workspace = useWorkspace(model);
  const { sender, words, ask, send, portal, toasts, dismiss } = useRoad<HomeIntent>(model);

  useLayoutEffect(() => {
    if (workspace === null) root.dataset.mode = "home";
  }, [root, workspace]);

  const leave = useCallback(() => void send({ verb: "leave" }), [send]);

  return (
    <I18nProvider locale="en-US">
      <UNSAFE_PortalProvider getContainer={() => portal.current}>
        {/* Hidden, not gone: what was searched for and where one was stays for the way back. */}
        <div className="dr-home-list" hidden={workspace !== null}>
          <Home home={home} sender={sender} send={send} ask={ask} />
        </div>
        <Toasts toasts={toasts} onDismiss={dismiss} />
        <div className="dr-sr" role="status" data-live-announcer="true">
          {words}
        </div>
      </UNSAFE_PortalProvider>
      <div className="dr-portal" popover="manual" ref={portal} />
      {workspace && <App model={workspace} root={root} onLeave={leave} />}
    </I18nProvider>
  );
}

/** The model of the workspace that is open; null until it is there. */
function useWorkspace(model: HomeModel): ShellModel | null {
  const id = useTrait(model, "workspace");
  const [found, setFound] = useState<{ id: string; model: ShellModel } | null>(null);
  useEffect(() => {
    if (id === null) return;
    let isWanted = true;
    const manager = model.widget_manager as { get_model(id: string): Promise<ShellModel> };
    void manager.get_model(idOf(id)).then((shell) => {
      if (isWanted) setFound({ id, model: shell });
    });
    return () => {
      isWanted = false;
    };
  }, [model, id]);
  return found !== null && found.id === id ? found.model : null;
}
