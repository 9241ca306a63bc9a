/** One view of a workspace: traits, the ways to Python, and where pop-overs go. */
import { useCallback, useEffect, useLayoutEffect, useMemo } from "react";
import { I18nProvider, UNSAFE_PortalProvider } from "react-aria";
import { DropProvider } from "../drop";
import { BaseContext, Refusal, ShellContext, type ShellBase } from "../sync/context";
import { catchUp } from "../sync/catchUp";
import { useTrait } from "../sync/hooks";
import type { ShellModel } from "../sync/model";
import type { Intent, Question } from "../sync/types";
import { Making } from "./Making";
import { Page } from "./Page";
import { Toasts } from "./Toasts";
import { useRoad } from "./useRoad";
import { Workspace } from "./Workspace";

interface AppProps {
  model: ShellModel;
  root: HTMLElement;
  /** Go back to the list from which this was opened. */
  onLeave?: () => void;
}

export function App({ model, root, onLeave }: AppProps) {
  const state = useTrait(model, "state");
  const catalog = useTrait(model, "catalog");
  const rules = useTrait(model, "rules");
  const presets = useTrait(model, "presets");
  const misfits = useTrait(model, "misfits");
  const grids = useTrait(model, "grids");
  const { sender, words, say, ask, send, portal, toasts, dismiss } = useRoad<Intent>(model);
  const question = useCallback(
    async (asked: Question) => {
      const reply = await sender.send(asked, true);
      if (reply.error) throw new Refusal(reply.error);
      return reply.data;
    },
    [sender],
  ) as ShellBase["question"];
  const base = useMemo(
    () => ({
      model,
      sender,
      catalog,
      rules,
      presets,
      misfits,
      grids,
      send,
      ask,
      question,
      say,
      leave: onLeave ?? null,
    }),
    [model, sender, catalog, rules, presets, misfits, grids, send, ask, question, say, onLeave],
  );
  const shell = useMemo(() => ({ ...base, state }), [base, state]);

  useEffect(() => void catchUp(model, sender), [model, sender]);

  const isReady = Array.isArray(state.panels);
  const mode = !isReady ? "starting" : state.page ? "page" : "workspace";
  useLayoutEffect(() => {
    root.dataset.mode = mode;
  }, [root, mode]);
  const toastList = (
    <Toasts toasts={toasts} onDismiss={dismiss}>
      <Making />
    </Toasts>
  );

  return (
    <I18nProvider locale="en-US">
      <UNSAFE_PortalProvider getContainer={() => portal.current}>
        <BaseContext value={base}>
          <ShellContext value={shell}>
            {isReady ? (
              <DropProvider state={state} rules={rules} catalog={catalog as typeof catalog} send={send}>
                {state.page ? <Page>{toastList}</Page> : <Workspace root={root}>{toastList}</Workspace>}
              </DropProvider>
            ) : (
              <Starting />
            )}
            <div className="dr-sr" role="status" data-live-announcer="true">
              {words}
            </div>
          </ShellContext>
        </BaseContext>
      </UNSAFE_PortalProvider>
      <div className="dr-portal" popover="manual" ref={portal} />
    </I18nProvider>
  );
}

function Starting() {
  return (
    <div className="dr-starting" role="status">
      <span className="dr-sr">Opening the workspace…</span>
      {[78, 64, 70, 52, 83, 60].map((width) => (
        <i key={width} aria-hidden="true" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
