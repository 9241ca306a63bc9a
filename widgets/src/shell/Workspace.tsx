/** The workspace: title, rail, toolbar and the canvas of panels. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { CodeDrawer, CodeProvider, useTouched } from "../code";
import { Overlay } from "../drop";
import { Panel } from "../panel/Panel";
import { Side } from "../rail/Side";
import { useBase, useShell } from "../sync/context";
import { useWaiting } from "../sync/hooks";
import { Icon } from "../ui/Icon";
import { allCommands, menusOf } from "./commands";
import { isTyping, matches } from "./keys";
import { Notes } from "./Notes";
import { SaveDialog, useSaving } from "./SaveDialog";
import { TitleBar } from "./TitleBar";
import { Toolbar } from "./Toolbar";

interface WorkspaceProps {
  root: HTMLElement;
  children: ReactNode;
}

export function Workspace(props: WorkspaceProps) {
  return (
    <CodeProvider>
      <Frame {...props} />
    </CodeProvider>
  );
}

function Frame({ root, children }: WorkspaceProps) {
  const { state, send } = useShell();
  const [used, setUsed] = useState<string | null>(null);
  const saving = useSaving();
  const touched = useTouched();
  const panel = (state.panels.find((each) => each.id === used) ?? state.panels.at(-1))?.id ?? null;
  const menus = menusOf({
    state,
    panel,
    send: (intent) => void send(intent),
    save: saving.save,
    saveAs: saving.saveAs,
  });

  // A panel that was just added may lie below what is seen.
  const canvas = useRef<HTMLDivElement>(null);
  const count = useRef(state.panels.length);
  useEffect(() => {
    const isMore = state.panels.length > count.current;
    count.current = state.panels.length;
    if (isMore)
      [...canvas.current!.querySelectorAll(".dr-panel")].at(-1)?.scrollIntoView({ block: "nearest" });
  }, [state.panels.length]);

  // What had the focus may be gone with its panel: stay in the workspace, so that Ctrl+Z brings it back.
  const focused = useRef<Element | null>(null);
  useEffect(() => {
    const isLost = focused.current?.isConnected === false && document.activeElement === document.body;
    if (isLost) canvas.current!.focus({ preventScroll: true });
  }, [state]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const typing = isTyping(event.target);
    const command = allCommands(menus).find(({ shortcut }) => matches(shortcut, event));
    if (!command?.isEnabled || (typing && !command.id.startsWith("save"))) return;
    event.preventDefault();
    command.run();
  };

  return (
    <div
      className="dr-shell"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        focused.current = event.target;
        touched(event);
      }}
      onPointerDownCapture={touched}
    >
      <TitleBar onSave={saving.save} />
      <Side root={root} />
      <div className="dr-main">
        <Toolbar menus={menus} />
        <Progress />
        <div className="dr-canvas" ref={canvas} tabIndex={-1} role="region" aria-label="Panels">
          <Notes />
          {state.panels.map((each) => (
            <Panel key={each.id} panel={each} hasTime={state.hasTime} onUse={setUsed} />
          ))}
          {state.panels.length === 0 ? (
            <NoPanels />
          ) : (
            <div className="dr-addpanel dr-fades">
              <Button className="dr-btn" onPress={() => void send({ verb: "add_panel", table: false })}>
                <Icon name="plus" />
                Add a panel
              </Button>
            </div>
          )}
        </div>
        {children}
      </div>
      <CodeDrawer />
      <SaveDialog saving={saving} />
      <Overlay />
    </div>
  );
}

/** A line that moves while an answer is due. */
function Progress() {
  const waiting = useWaiting(useBase().sender);
  if (waiting === "no" || waiting === "soon") return null;
  return <div className="dr-progress" aria-hidden="true" />;
}

function NoPanels() {
  const { state, send } = useShell();
  return (
    <div className="dr-start">
      <h2>This report is empty</h2>
      <p>A panel holds tables over one period.{state.canUndo && " Undo brings back what was here."}</p>
      <Button className="dr-btn dr-primary" onPress={() => void send({ verb: "add_panel", table: true })}>
        <Icon name="table" />
        Add a panel with a table
      </Button>
    </div>
  );
}
