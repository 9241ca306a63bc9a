/** Draws one chart with vega: the module that a page fetches when it shows its first chart.
 *
 * A spec says how figures look, and the figures come apart from it: what changes is handed to the same drawing.
 * Expressions of specs are interpreted, never made into code, and nothing in a spec can load anything.
 */
import { changeset, None, parse, type Runtime, type SceneItem, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";

/** The name of the dataset that a spec leaves open. */
const FIGURES = "figures";

/** One mark's figures: `k` is its key, and the rest are fields that the spec names. */
export interface Drawn {
  k: string;
}
export interface Size {
  width: number;
  height: number;
}
export interface Box extends Size {
  left: number;
  top: number;
}
/** Where a mark was drawn, in pixels of the element it was drawn in: its middle, and the box around it. */
export interface Spot {
  key: string;
  x: number;
  y: number;
  box: Box;
}
export interface PlotOptions {
  spec: object;
  figures: readonly Drawn[];
  size: Size;
  font: string;
}

export interface Plot {
  /** Draw other figures in place. */
  show(figures: readonly Drawn[]): Promise<void>;
  resize(size: Size): Promise<void>;
  /** The marks that stand for figures, in the order of the drawing. */
  spots(): Spot[];
  /** The key of the mark that an element of the drawing stands for. */
  keyAt(element: Element): string | null;
  /** The area between the axes. */
  area(): Box;
  close(): void;
}

export async function draw(host: HTMLElement, { spec, figures, size, font }: PlotOptions): Promise<Plot> {
  const view = new View(runtimeOf(spec, font), {
    renderer: "svg",
    container: host,
    hover: false,
    logLevel: None,
    expr: expressionInterpreter,
    loader: CLOSED,
  });
  // The frame around says what is drawn: to readers the marks are one picture.
  view.description("");
  try {
    await view.width(size.width).height(size.height).data(FIGURES, copies(figures)).runAsync();
  } catch (error) {
    view.finalize();
    host.replaceChildren();
    throw error;
  }
  return {
    async show(next) {
      const all = changeset()
        .remove(() => true)
        .insert(copies(next));
      await view.change(FIGURES, all).runAsync();
    },
    async resize({ width, height }) {
      await view.width(width).height(height).resize().runAsync();
    },
    spots: () => spotsOf(view),
    keyAt: (element) => (element as Marked).__data__?.datum?.k ?? null,
    area: () => areaOf(view),
    close() {
      view.finalize();
      host.replaceChildren();
    },
  };
}

/** So many specs are kept as they were understood: charts of one kind share theirs, and a period that is chosen
 * again, or a chart that is shown again, needs no second look. */
const MOST_KEPT = 64;
const kept = new Map<string, Runtime>();

/** What a view runs of a spec: at any size, and of any figures. */
function runtimeOf(spec: object, font: string): Runtime {
  const key = JSON.stringify([spec, font]);
  const known = kept.get(key) ?? understood(spec as TopLevelSpec, font);
  kept.delete(key);
  kept.set(key, known);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  return known;
}

function understood(spec: TopLevelSpec, font: string): Runtime {
  const whole = { ...spec, ...NOMINAL, autosize: FIT, padding: PADDING, background: "transparent" };
  const { spec: compiled } = compile(whole as TopLevelSpec, {
    config: { ...spec.config, font, aria: false },
  });
  return parse(compiled, undefined, { ast: true });
}

/** Without a size, bars would be given a width of their own; the view is told the real one. */
const NOMINAL: Size = { width: 400, height: 250 };
/** The size is that of the whole drawing; axes get the room they need whenever the figures change. */
const FIT = { type: "fit", contains: "padding", resize: true } as const;
/** So much that half of a line or of a point at the edge is seen. */
const PADDING = { left: 2, top: 6, right: 6, bottom: 2 };

const refused = (): Promise<never> => Promise.reject(new Error("A chart loads nothing."));
const CLOSED = { load: refused, sanitize: refused, http: refused, file: refused, options: {} };

/** Vega writes into the rows it is given. */
function copies(figures: readonly Drawn[]): object[] {
  return figures.map((figure) => ({ ...figure }));
}

function areaOf(view: View): Box {
  const [left, top] = cornerOf(view);
  return { left, top, width: view.signal("width") as number, height: view.signal("height") as number };
}

function cornerOf(view: View): [number, number] {
  const [x, y] = view.origin();
  const padding = view.padding() as typeof PADDING;
  return [x + padding.left, y + padding.top];
}

/** Vega notes with each element what it draws. */
type Marked = Element & { __data__?: { datum?: Partial<Drawn> } };

interface SceneMark {
  marktype: string;
  role?: string;
  items: Item[];
}
type Item = SceneItem & {
  x?: number;
  y?: number;
  items?: SceneMark[];
  startAngle?: number;
  endAngle?: number;
  innerRadius?: number;
  outerRadius?: number;
};

function spotsOf(view: View): Spot[] {
  const found = new Map<string, Spot>();
  const [left, top] = cornerOf(view);
  walk((view.scenegraph() as unknown as { root: SceneMark }).root, left, top, found);
  return [...found.values()];
}

function walk(mark: SceneMark, dx: number, dy: number, found: Map<string, Spot>): void {
  for (const item of mark.items) {
    if (mark.marktype === "group") {
      for (const inner of item.items ?? []) walk(inner, dx + (item.x ?? 0), dy + (item.y ?? 0), found);
      continue;
    }
    const key = (item.datum as Partial<Drawn> | undefined)?.k;
    if (key === undefined) continue;
    // What has an extent of its own tells more than the point of a line or of a band.
    const known = found.get(key);
    if (!known || (isPoint(known) && !isPath(mark))) found.set(key, spotOf(key, mark, item, dx, dy));
  }
}

function isPath({ marktype }: SceneMark): boolean {
  return marktype === "line" || marktype === "area";
}

function isPoint({ box }: Spot): boolean {
  return box.width === 0 && box.height === 0;
}

function spotOf(key: string, mark: SceneMark, item: Item, dx: number, dy: number): Spot {
  const { x1, y1, x2, y2 } = item.bounds;
  const box = isPath(mark)
    ? { left: item.x! + dx, top: item.y! + dy, width: 0, height: 0 }
    : { left: x1 + dx, top: y1 + dy, width: x2 - x1, height: y2 - y1 };
  if (mark.marktype === "arc") {
    const angle = ((item.startAngle ?? 0) + (item.endAngle ?? 0)) / 2;
    const radius = ((item.innerRadius ?? 0) + (item.outerRadius ?? 0)) / 2;
    return {
      key,
      x: item.x! + dx + radius * Math.sin(angle),
      y: item.y! + dy - radius * Math.cos(angle),
      box,
    };
  }
  return { key, x: box.left + box.width / 2, y: box.top + box.height / 2, box };
}
