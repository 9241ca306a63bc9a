/** The workspace: title, rail, toolbar and the canvas of panels. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { BuilderProvider, useBuilder } from "../builder";
import { CodeDrawer, CodeProvider, useTouched } from "../code";
import { Overlay } from "../drop";
import { Panel } from "../panel/Panel";
import { Side } from "../rail/Side";
import { useBase, useShell } from "../sync/context";
import { useWaiting } from "../sync/hooks";
import { Icon } from "../ui/Icon";
import { allCommands, type Command, type CommandWorld, menusOf, moreCommands } from "./commands";
import { download, ifOk, print } from "./files";
import { isTyping, matches } from "./keys";
import { Notes } from "./Notes";
import { OpenDialog, useOpening } from "./OpenDialog";
import { Palette } from "./Palette";
import { PublishDialog } from "./PublishDialog";
import { SaveDialog, useSaving } from "./SaveDialog";
import { TitleBar } from "./TitleBar";
import { Toolbar } from "./Toolbar";
import { useCurrentPanel } from "./useCurrentPanel";
import { VersionsDialog } from "./VersionsDialog";

interface WorkspaceProps {
  root: HTMLElement;
  children: ReactNode;
}

export function Workspace(props: WorkspaceProps) {
  return (
    <CodeProvider>
      <BuilderProvider>
        <Frame {...props} />
      </BuilderProvider>
    </CodeProvider>
  );
}

function Frame({ root, children }: WorkspaceProps) {
  const { state, send, leave } = useShell();
  const canvas = useRef<HTMLDivElement>(null);
  const { current, use } = useCurrentPanel(canvas, state.panels);
  const saving = useSaving();
  const builder = useBuilder();
  const touched = useTouched();
  const opening = useOpening();
  const [isPalette, setPalette] = useState(false);
  const [shown, setShown] = useState<"publish" | "versions" | null>(null);
  const world: CommandWorld = {
    state,
    panel: current,
    send: (intent) => void send(intent),
    save: saving.save,
    saveAs: saving.saveAs,
    saveWithNote: saving.saveWithNote,
    versions: () => setShown("versions"),
    make: builder.make,
    begin: opening.begin,
    open: opening.list,
    publish: () => setShown("publish"),
    download: (format) => void send({ verb: "export", format, table: null }).then(ifOk(download)),
    print: () => void send({ verb: "export", format: "html", table: null }).then(ifOk(print)),
  };
  const menus = menusOf(world);
  const palette: Command = {
    id: "palette",
    label: "Commands",
    shortcut: "Ctrl K",
    off: null,
    run: () => setPalette(true),
  };

  // A panel that was just added may lie below what is seen; it is the current one.
  const known = useRef(new Set(state.panels.map((panel) => panel.id)));
  useEffect(() => {
    const added = state.panels.filter((panel) => !known.current.has(panel.id));
    known.current = new Set(state.panels.map((panel) => panel.id));
    const [first] = added;
    if (!first || added.length === state.panels.length) return;
    use(first.id);
    canvas.current!.querySelector(`[data-panel="${first.id}"]`)?.scrollIntoView({ block: "nearest" });
  }, [state.panels, use]);

  // What had the focus may be gone with its panel: stay in the workspace, so that Ctrl+Z brings it back.
  const focused = useRef<Element | null>(null);
  useEffect(() => {
    const isLost = focused.current?.isConnected === false && document.activeElement === document.body;
    if (isLost) canvas.current!.focus({ preventScroll: true });
  }, [state]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const command = [...allCommands(menus), palette].find(({ shortcut }) => matches(shortcut, event));
    if (!command || (isTyping(event.target) && !/^(save|palette)/.test(command.id))) return;
    if (command.off !== null && !command.id.match(/^(un|re)do$/)) return;
    event.preventDefault();
    if (command.off === null) command.run();
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
      <TitleBar onSave={saving.save} onLeave={leave && (() => opening.go(leave))} />
      <Side root={root} panel={current?.id ?? null} panelTitle={current?.title ?? null} />
      <div className="dr-main">
        <Toolbar menus={menus} onPalette={() => setPalette(true)} />
        <Progress />
        <div className="dr-canvas" ref={canvas} tabIndex={-1} role="region" aria-label="Panels">
          <Notes />
          {state.panels.map((each) => (
            <Panel
              key={each.id}
              panel={each}
              hasTime={state.hasTime}
              onUse={use}
              isCurrent={state.panels.length > 1 && each.id === current?.id}
            />
          ))}
          {state.panels.length === 0 ? (
            <NoPanels />
          ) : (
            <div className="dr-addpanel dr-fades" data-dr-zone="canvas" data-id="new">
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
      {shown === "publish" && <PublishDialog onClose={() => setShown(null)} />}
      {shown === "versions" && <VersionsDialog onClose={() => setShown(null)} />}
      <OpenDialog opening={opening} onSave={saving.save} />
      <Palette
        commands={[...allCommands(menus), ...moreCommands(world)]}
        isOpen={isPalette}
        onClose={() => setPalette(false)}
      />
      <Overlay />
    </div>
  );
}

/** A line that moves while an answer is due. */
function Progress() {
  const waiting = useWaiting(useBase().sender);
  if (waiting === "no" || waiting === "soon") return null;
  return <div className="dr-due" aria-hidden="true" />;
}

function NoPanels() {
  const { state, send } = useShell();
  return (
    <div className="dr-start" data-dr-zone="canvas" data-id="new">
      <h2>This report is empty</h2>
      <p>A panel holds tables over one period.{state.canUndo && " Undo brings back what was here."}</p>
      <Button className="dr-btn dr-primary" onPress={() => void send({ verb: "add_panel", table: true })}>
        <Icon name="table" />
        Add a panel with a table
      </Button>
    </div>
  );
}
