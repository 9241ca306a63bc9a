/** The layer of drop targets over a view of the workspace, there while a drag is on.
 *
 * React draws which targets there are; a frame loop moves them to where their anchors are now, so that they
 * follow scrolling without rendering anything.
 */
import { useCallback, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useDrop as useDropTarget, type DropOperation } from "react-aria";
import { intentOf, listTargets, useDragged, useDrop } from "./context";
import { followAnchors, isWide } from "./follow";
import { isLine } from "./geometry";
import { HelpBar } from "./HelpBar";
import { walkWithArrows } from "./keys";
import type { Dragged, DropStore } from "./store";
import type { DropTarget } from "./targets";

export function Overlay() {
  const dragged = useDragged();
  return dragged === null ? null : <Layer dragged={dragged} />;
}

function Layer({ dragged }: { dragged: Dragged }) {
  const { store, state, rules, send } = useDrop();
  const version = useSyncExternalStore(store.subscribe, store.getVersion);
  const layer = useRef<HTMLDivElement>(null);
  const elements = useRef(new Map<string, HTMLElement>());
  const [activeKey, setActive] = useState<string | null>(null);
  const targets = useMemo(
    () => listTargets(store, state, rules, dragged).filter((target) => !(dragged.keyboard && target.twin)),
    // The store's version stands for its payloads and selections.
    [store, state, rules, dragged, version],
  );
  const active = targets.find((target) => target.key === activeKey) ?? null;
  const now = useRef({ targets, active });
  now.current = { targets, active };

  useLayoutEffect(() => markRoot(layer.current!.parentElement!, targets), [targets]);
  useLayoutEffect(
    () => followAnchors(layer.current!, dragged.keyboard, () => now.current, elements.current, store),
    [dragged, store],
  );
  useLayoutEffect(
    () =>
      dragged.keyboard
        ? walkWithArrows(() =>
            now.current.targets.flatMap((target) => elements.current.get(target.key) ?? []),
          )
        : undefined,
    [dragged],
  );

  const drop = useCallback((target: DropTarget) => void send(intentOf(target, dragged)), [send, dragged]);
  const enter = useCallback(
    (target: DropTarget) => {
      setActive(target.key);
      if (dragged.keyboard) reveal(target, store);
    },
    [dragged, store],
  );
  const leave = useCallback(
    (target: DropTarget) => setActive((key) => (key === target.key ? null : key)),
    [],
  );
  const register = useCallback((key: string, element: HTMLElement | null) => {
    if (element) elements.current.set(key, element);
    else elements.current.delete(key);
  }, []);

  return (
    <div className="dr-overlay" ref={layer}>
      {targets.map((target) => (
        <TargetView key={target.key} {...{ target, drop, enter, leave, register }} />
      ))}
      <div className="dr-drop-line" data-part="line" style={{ display: "none" }} />
      <div className="dr-drop-tag" data-part="tag" aria-hidden="true" style={{ visibility: "hidden" }}>
        <i className={`dr-i dr-i-${active && isLine(active.anchor) ? "plus" : "check"}`} />
        <span className="dr-ell" dir="auto">
          {active?.phrase}
        </span>
      </div>
      <HelpBar dragged={dragged} active={active} count={targets.length} />
    </div>
  );
}

interface TargetViewProps {
  target: DropTarget;
  drop(target: DropTarget): void;
  enter(target: DropTarget): void;
  leave(target: DropTarget): void;
  register(key: string, element: HTMLElement | null): void;
}
function TargetView({ target, drop, enter, leave, register }: TargetViewProps) {
  const ref = useRef<HTMLDivElement>(null);
  const { dropProps, isDropTarget } = useDropTarget({
    ref,
    getDropOperation: (_types, allowed): DropOperation =>
      allowed.includes("copy") ? "copy" : (allowed[0] ?? "cancel"),
    onDropEnter: () => enter(target),
    onDropExit: () => leave(target),
    onDrop: () => drop(target),
  });
  useLayoutEffect(() => {
    register(target.key, ref.current);
    return () => register(target.key, null);
  }, [register, target.key]);
  return (
    <div
      {...dropProps}
      ref={ref}
      role="button"
      tabIndex={0}
      aria-label={target.phrase}
      className={`dr-target dr-at-${isLine(target.anchor) ? "edge" : target.anchor.at} dr-to-${target.place}`}
      data-active={isDropTarget || undefined}
      data-target={target.key}
    >
      {isWide(target) && (
        <span className="dr-ell" dir="auto">
          {target.phrase}
        </span>
      )}
    </div>
  );
}

/** Tell the page what can take the drop, so that everything else steps back. */
function markRoot(root: HTMLElement, targets: DropTarget[]): () => void {
  const places = new Set(targets.map((target) => target.anchor.at));
  root.dataset.drDragging = [...places].join(" ");
  return () => {
    delete root.dataset.drDragging;
  };
}

function reveal({ anchor }: DropTarget, store: DropStore): void {
  if (anchor.at === "row" || anchor.at === "name") store.table(anchor.table)?.reveal(anchor.row);
  if (anchor.at === "head") store.table(anchor.table)?.revealColumn(anchor.column);
}
