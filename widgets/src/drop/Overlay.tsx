/** The layer of drop targets over a view of the workspace, there while a drag is on.
 *
 * React draws which targets there are; a frame loop moves them to where their anchors are now, so that they
 * follow scrolling without rendering anything.
 */
import { useCallback, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useDrop as useDropTarget, type DropOperation } from "react-aria";
import { AutoScroll } from "./autoscroll";
import { intentOf, listTargets, useDragged, useDrop } from "./context";
import { isLine } from "./geometry";
import { HelpBar } from "./HelpBar";
import { walkWithArrows } from "./keys";
import { clipFinder, Measure, type Placed } from "./measure";
import type { Dragged } from "./store";
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
      <div className="dr-drop-line" data-part="line" hidden />
      <div className="dr-drop-tag" data-part="tag" aria-hidden="true" hidden>
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

/** Zones have room for their own words. */
function isWide({ anchor }: DropTarget): boolean {
  return anchor.at === "zone" || anchor.at === "empty";
}

/** Tell the page what can take the drop, so that everything else steps back. */
function markRoot(root: HTMLElement, targets: DropTarget[]): () => void {
  const places = new Set(targets.map((target) => target.anchor.at));
  root.dataset.drDragging = [...places].join(" ");
  return () => {
    delete root.dataset.drDragging;
  };
}

function reveal({ anchor }: DropTarget, store: ReturnType<typeof useDrop>["store"]): void {
  if (anchor.at === "row" || anchor.at === "name") store.table(anchor.table)?.reveal(anchor.row);
  if (anchor.at === "head") store.table(anchor.table)?.revealColumn(anchor.column);
}

interface Now {
  targets: DropTarget[];
  active: DropTarget | null;
}

function followAnchors(
  layer: HTMLElement,
  keyboard: boolean,
  now: () => Now,
  elements: Map<string, HTMLElement>,
  store: ReturnType<typeof useDrop>["store"],
): () => void {
  const root = layer.parentElement!;
  const clips = clipFinder();
  const scroll = keyboard ? null : new AutoScroll(root);
  let frame = 0;
  const place = (): void => {
    const { targets, active } = now();
    const middles = new Set(
      targets.flatMap(({ anchor }) =>
        anchor.at === "head" && anchor.part === "middle" ? [anchor.table] : [],
      ),
    );
    const measure = new Measure(root, store, middles, clips);
    const found = targets.map((target) => [target, measure.place(target)] as const);
    for (const [target, placed] of found) {
      const element = elements.get(target.key);
      if (element) put(element, placed, keyboard);
      if (target === active) point(layer, target, placed);
    }
    if (!active) point(layer, null, null);
  };
  const loop = (): void => {
    scroll?.step();
    place();
    frame = requestAnimationFrame(loop);
  };
  place();
  frame = requestAnimationFrame(loop);
  return () => {
    cancelAnimationFrame(frame);
    scroll?.close();
  };
}

/** A target that is out of view takes no pointer, but the keyboard can still walk to it. */
function put(element: HTMLElement, placed: Placed | null, keyboard: boolean): void {
  const key = placed ? [...Object.values(placed.hit), placed.label].join() : "none";
  if (element.dataset.at === key) return;
  element.dataset.at = key;
  element.toggleAttribute("data-away", placed === null);
  if (!placed) {
    element.style.display = keyboard ? "" : "none";
    return;
  }
  const { left, top, width, height } = placed.hit;
  element.style.cssText = `transform:translate(${left}px,${top}px);width:${width}px;height:${height}px;--dr-label:${placed.label}px;--dr-edge:${placed.edge}px`;
}

/** The line of an edge, and the tag with what a drop does. */
function point(layer: HTMLElement, target: DropTarget | null, placed: Placed | null): void {
  const line = layer.querySelector<HTMLElement>("[data-part=line]")!;
  const tag = layer.querySelector<HTMLElement>("[data-part=tag]")!;
  line.hidden = !placed?.line;
  tag.hidden = !placed || !target || isWide(target);
  if (!placed) return;
  if (placed.line) {
    const { left, top, height } = placed.line;
    line.style.cssText = `transform:translate(${left}px,${top}px);height:${height}px`;
  }
  const { left, top, width } = placed.hit;
  const middle = placed.line
    ? placed.line.left + 1.5
    : target?.anchor.at === "head"
      ? left + width / 2
      : left + tag.offsetWidth / 2 + 20;
  const x = Math.max(4, Math.min(layer.offsetWidth - tag.offsetWidth - 4, middle - tag.offsetWidth / 2));
  const y = Math.max(4, (placed.line?.top ?? top) - 28);
  tag.style.cssText = `transform:translate(${Math.round(x)}px,${Math.round(y)}px)`;
}
