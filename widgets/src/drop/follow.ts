/** Keeps the targets where their anchors are, frame by frame, without rendering anything. */
import { AutoScroll } from "./autoscroll";
import { Finder, Measure, type Placed } from "./measure";
import type { DropStore } from "./store";
import type { DropTarget } from "./targets";

interface Now {
  targets: DropTarget[];
  active: DropTarget | null;
}

/** Place the targets now and from now on. Elements are written to only when something moved. */
export function followAnchors(
  layer: HTMLElement,
  keyboard: boolean,
  now: () => Now,
  elements: ReadonlyMap<string, HTMLElement>,
  store: DropStore,
): () => void {
  const root = layer.parentElement!;
  const finder = new Finder(root);
  const scroll = keyboard ? null : new AutoScroll(root);
  const line = layer.querySelector<HTMLElement>("[data-part=line]")!;
  const tag = layer.querySelector<HTMLElement>("[data-part=tag]")!;
  let frame = 0;
  const place = (): void => {
    const { targets, active } = now();
    const measure = new Measure(root, store, finder, tablesWithMiddles(targets));
    const places = targets.map((target) => measure.place(target));
    const at = active === null ? -1 : targets.indexOf(active);
    // The tag's own size is read before anything is written, so that a frame lays out once.
    const tagStyle =
      active && places[at] ? tagPlace(active, places[at], tag.offsetWidth, layer.offsetWidth) : null;
    targets.forEach((target, index) => put(elements.get(target.key), places[index] ?? null, keyboard));
    const bar = places[at]?.line;
    write(
      line,
      bar
        ? `transform:translate(${bar.left}px,${bar.top}px);width:${bar.width}px;height:${bar.height}px`
        : null,
    );
    // Hidden, not gone: its width is needed for where it comes.
    write(tag, tagStyle ?? "visibility:hidden");
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

/** Zones have room for their own words. */
export function isWide({ anchor }: DropTarget): boolean {
  return anchor.at === "zone" || anchor.at === "empty";
}

function tablesWithMiddles(targets: DropTarget[]): ReadonlySet<string> {
  return new Set(
    targets.flatMap(({ anchor }) => (anchor.at === "head" && anchor.part === "middle" ? [anchor.table] : [])),
  );
}

/** A target that is out of view takes no pointer, but the keyboard can still walk to it. */
function put(element: HTMLElement | undefined, placed: Placed | null, keyboard: boolean): void {
  if (!element) return;
  element.toggleAttribute("data-away", placed === null);
  if (!placed) {
    write(element, keyboard ? "" : null);
    return;
  }
  const { left, top, width, height } = placed.hit;
  const [from, to] = placed.edge;
  write(
    element,
    `transform:translate(${left}px,${top}px);width:${width}px;height:${height}px;` +
      `--dr-label:${placed.label}px;--dr-from:${from}px;--dr-to:${to}px`,
  );
}

const written = new WeakMap<HTMLElement, string | null>();

/** Set the style of an element, or take the element away (null), if that is not how it is already. */
function write(element: HTMLElement, style: string | null): void {
  if (written.get(element) === style) return;
  written.set(element, style);
  element.style.cssText = style ?? "display:none";
}

/** The tag stands over a line or a head in its middle, over a row near its start, always inside of the layer. */
function tagPlace(target: DropTarget, { hit, line }: Placed, width: number, room: number): string | null {
  if (isWide(target)) return null;
  const isHead = target.anchor.at === "head";
  const middle =
    line && line.width < line.height
      ? line.left + 1.5
      : isHead
        ? hit.left + hit.width / 2
        : hit.left + width / 2 + 20;
  const x = Math.max(4, Math.min(room - width - 4, middle - width / 2));
  const y = Math.max(4, (line?.top ?? hit.top) - 28);
  return `transform:translate(${Math.round(x)}px,${Math.round(y)}px)`;
}
