/** The rail, and the list of panels, visualizations or components that it opens. */
import { type KeyboardEvent, memo, useEffect, useId, useState } from "react";
import { useBase } from "../sync/context";
import { Icon } from "../ui/Icon";
import { PANELS, VISUALIZATIONS } from "../visualizations";
import { AddPane } from "./AddPane";
import { Pane } from "./Pane";
import { Resizer } from "./Resizer";

/** Under this width the list lies over the canvas, and is closed until it is asked for. */
const NARROW = 900;
const WIDE_PANE = 248;

type Tab = "panels" | "visualizations" | "components";
const TABS: readonly { id: Tab; label: string; icon: string }[] = [
  { id: "panels", label: "Panels", icon: "panels" },
  { id: "visualizations", label: "Visualizations", icon: "bars" },
  { id: "components", label: "Components", icon: "components" },
];

interface SideProps {
  root: HTMLElement;
  /** The panel that visualizations go into. */
  panel: string | null;
  panelTitle: string | null;
}

/** Drawn again only when it is opened, closed or sized: gestures in tables leave it as it is. */
export const Side = memo(function Side({ root, panel, panelTitle }: SideProps) {
  const isNarrow = useNarrow(root);
  const [choice, setChoice] = useState<{ narrow: boolean; open: boolean } | null>(null);
  const [tab, setTab] = useState<Tab>("components");
  const [width, setWidth] = useState(WIDE_PANE);
  const id = useId();
  const isOpen = choice?.narrow === isNarrow ? choice.open : !isNarrow;
  const open = (next: boolean): void => setChoice({ narrow: isNarrow, open: next });
  const press = (next: Tab): void => {
    open(!(isOpen && tab === next));
    setTab(next);
  };
  const close = (): void => {
    open(false);
    document.getElementById(`${id}-${tab}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = TABS.findIndex((each) => `${id}-${each.id}` === (event.target as HTMLElement).id);
    const next = TABS[(at + step + TABS.length) % TABS.length]!;
    document.getElementById(`${id}-${next.id}`)?.focus();
  };
  return (
    <div className="dr-side" style={{ "--dr-pane": `${width}px` } as React.CSSProperties}>
      <div
        className="dr-rail"
        role="tablist"
        aria-orientation="vertical"
        aria-label="What to add"
        onKeyDown={onKeyDown}
      >
        {TABS.map(({ id: each, label, icon }) => (
          <button
            key={each}
            type="button"
            id={`${id}-${each}`}
            role="tab"
            aria-label={label}
            title={label}
            aria-selected={isOpen && tab === each}
            aria-controls={isOpen && tab === each ? `${id}-list` : undefined}
            tabIndex={tab === each ? 0 : -1}
            onClick={() => press(each)}
          >
            <Icon name={icon} />
          </button>
        ))}
      </div>
      {isOpen && (
        <section
          className={`dr-pane${isNarrow ? " dr-pane-over" : ""}`}
          id={`${id}-list`}
          role="tabpanel"
          aria-label={TABS.find((each) => each.id === tab)!.label}
        >
          {tab === "components" && <Pane onClose={close} />}
          {tab === "panels" && <PanelList onClose={close} />}
          {tab === "visualizations" && <VisualizationList panel={panel} title={panelTitle} onClose={close} />}
          {!isNarrow && <Resizer width={width} onResize={setWidth} initial={WIDE_PANE} />}
        </section>
      )}
    </div>
  );
});

function PanelList({ onClose }: { onClose: () => void }) {
  const { send } = useBase();
  const entries = PANELS.map((each) => ({ ...each, run: () => void send(each.add) }));
  return (
    <AddPane
      title="Panels"
      kind="panel"
      entries={entries}
      note="A panel goes under the last one."
      isOff={false}
      onClose={onClose}
    />
  );
}

interface VisualizationListProps {
  panel: string | null;
  title: string | null;
  onClose: () => void;
}

function VisualizationList({ panel, title, onClose }: VisualizationListProps) {
  const { send } = useBase();
  const entries = VISUALIZATIONS.map((each) => ({
    ...each,
    run: () => void (panel !== null && send(each.add(panel))),
  }));
  return (
    <AddPane
      title="Visualizations"
      kind="visualization"
      entries={entries}
      note={panel === null ? "Add a panel first." : `Into the panel ${title}.`}
      isOff={panel === null}
      onClose={onClose}
    />
  );
}

function useNarrow(root: HTMLElement): boolean {
  const [isNarrow, setNarrow] = useState(() => root.clientWidth > 0 && root.clientWidth < NARROW);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      const { width } = entry!.contentRect;
      if (width > 0) setNarrow(width < NARROW);
    });
    watch.observe(root);
    return () => watch.disconnect();
  }, [root]);
  return isNarrow;
}
