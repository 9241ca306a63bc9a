/** A drawing with what pointer and keys do in it: read it, choose in it. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { useBase } from "../sync/context";
import type { ChartPayload, Figure } from "../sync/charts";
import { clip } from "../ui/Label";
import { type Layout, useDrawing } from "./drawing";
import {
  type Axis,
  axisOf,
  bandOf,
  between,
  type Group,
  groupAt,
  isInside,
  isSingle,
  nameOf,
  type Point,
  walked,
} from "./marks";
import type { Box, Spot } from "./plot";
import { Tip } from "./Tip";

interface PlotViewProps {
  payload: ChartPayload;
  /** Those that are drawn: the payload's own, without series that are switched off. */
  figures: readonly Figure[];
  /** What readers are told. */
  label: string;
  className?: string;
  style?: React.CSSProperties;
  /** What is done with groups that were chosen; undefined: nothing can be chosen. */
  onChoose?: (groups: Group[], at: Point) => void;
  onHover?: (group: Group | null) => void;
  /** The groups that were chosen and are spoken of. */
  chosen?: readonly Group[] | null;
  onError: (error: Error) => void;
  children?: ReactNode;
}

/** A stretch that is being chosen: from where, up to where, by group. */
interface Drag {
  from: string;
  to: string;
  start: Point;
  moved: boolean;
}

/** So far a pointer moves before a stretch is meant. */
const STILL = 5;

export function PlotView(props: PlotViewProps) {
  const {
    payload,
    figures,
    label,
    className = "",
    style,
    onChoose,
    onHover,
    chosen,
    onError,
    children,
  } = props;
  const { say } = useBase();
  const frame = useRef<HTMLDivElement>(null);
  const axis = axisOf(payload.type);
  const { host, layout } = useDrawing(payload, figures, frame, onError);
  const [hover, setHover] = useState<string | null>(null);
  /** The group and the series in it that the keys are at; `anchor`: where a stretch began. */
  const [cursor, setCursor] = useState<{ key: string; series: number; anchor: string } | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const { groups, spots, area } = layout;
  const find = (key: string | undefined): Group | undefined => groups.find((group) => group.key === key);
  const hot = find(hover ?? cursor?.key);
  const stretch = drag?.moved
    ? between(groups, drag.from, drag.to)
    : cursor && cursor.anchor !== cursor.key
      ? between(groups, cursor.anchor, cursor.key)
      : (chosen ?? []);

  const point = (event: PointerEvent): Point => {
    const { left, top } = frame.current!.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const at = (event: PointerEvent, where: Point): Group | null =>
    groupAt(groups, spots, axis, area, where, host.keyAt(event.target as Element));
  const hovered = (group: Group | null): void => {
    setHover(group?.key ?? null);
    onHover?.(group);
  };

  const onPointerMove = (event: PointerEvent): void => {
    const where = point(event);
    if (!drag) return hovered(at(event, where));
    const moved = drag.moved || Math.hypot(where.x - drag.start.x, where.y - drag.start.y) > STILL;
    const near = groupAt(groups, spots, axis, { ...area, ...reach(area, where) }, where, null);
    setDrag({ ...drag, moved: moved && !isSingle(axis), to: near?.key ?? drag.to });
    if (near) setHover(near.key);
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !onChoose) return;
    const where = point(event);
    const group = at(event, where);
    if (!group) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setCursor(null);
    setDrag({ from: group.key, to: group.key, start: where, moved: false });
  };
  const onPointerUp = (event: PointerEvent): void => {
    if (!drag) return;
    setDrag(null);
    const where = point(event);
    const own = find(drag.from);
    const picked = drag.moved ? between(groups, drag.from, drag.to) : own ? [own] : [];
    if (picked.length > 0) onChoose?.(picked, where);
  };

  const tell = (group: Group, series: number): void => {
    const figure = group.figures[series]!;
    const name = nameOf(figure, payload);
    const share = figure.share === null ? "" : `, ${figure.share}`;
    say(`${clip(group.title, 120)}: ${name ? `${clip(name, 120)} ` : ""}${figure.text}${share}`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === "Escape" && (cursor || chosen)) {
      event.preventDefault();
      return setCursor(null);
    }
    const next = walked(event.key, groups, axis, find(cursor?.key), cursor?.series ?? 0);
    if (next) {
      event.preventDefault();
      const anchor = event.shiftKey && cursor && !isSingle(axis) ? cursor.anchor : next.group.key;
      setHover(null);
      setCursor({ key: next.group.key, series: next.series, anchor });
      tell(next.group, next.series);
    } else if ((event.key === "Enter" || event.key === " ") && cursor && onChoose) {
      const picked = isSingle(axis) ? [find(cursor.key)!] : between(groups, cursor.anchor, cursor.key);
      const last = picked.at(-1);
      if (!last) return;
      event.preventDefault();
      onChoose(picked, middleOf(last, spots));
    }
  };

  return (
    <div
      className={`dr-plot ${className}`}
      style={style}
      ref={frame}
      role="application"
      aria-roledescription="chart"
      aria-label={clip(label, 600)}
      tabIndex={0}
      data-choosing={drag?.moved || undefined}
      data-axis={axis}
      onKeyDown={onKeyDown}
      onBlur={() => setCursor(null)}
      onPointerMove={onPointerMove}
      onPointerLeave={() => !drag && hovered(null)}
      onPointerDown={onPointerDown}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDrag(null)}
    >
      <div className="dr-plot-svg" aria-hidden="true" ref={host.ref} />
      <Marked {...{ layout, axis, hot, stretch, payload }} />
      {children}
      {hot && (
        <Tip group={hot} payload={payload} spots={spots} focus={cursor?.series ?? null} frame={frame} />
      )}
    </div>
  );
}

/** A pointer that drags beside the area means what is nearest in it. */
function reach(area: Box, { x, y }: Point): Box {
  const far = 1e5;
  return isInside(area, { x, y })
    ? area
    : {
        left: area.left - far,
        top: area.top - far,
        width: area.width + 2 * far,
        height: area.height + 2 * far,
      };
}

function middleOf(group: Group, spots: ReadonlyMap<string, Spot>): Point {
  const spot = spots.get(group.figures[0]!.k);
  return { x: spot?.x ?? 0, y: spot?.y ?? 0 };
}

interface MarkedProps {
  layout: Layout;
  axis: Axis;
  hot: Group | undefined;
  stretch: readonly Group[];
  payload: ChartPayload;
}

/** What lies over the drawing: the stretch that is chosen, the place that is pointed at. */
function Marked({ layout: { groups, spots, area }, axis, hot, stretch, payload }: MarkedProps) {
  const band = bandOf(groups, stretch, axis, area);
  const isTime = hot?.figures[0]?.t != null;
  const under = hot && !isTime && !band ? bandOf(groups, [hot], axis, area) : null;
  const color = (series: string): string =>
    `var(--dr-c${payload.series.find(({ key }) => key === series)?.color ?? 1})`;
  return (
    <>
      {band && <i className="dr-plot-band dr-on" style={{ ...band }} />}
      {under && <i className="dr-plot-band" style={{ ...under }} />}
      {hot && isTime && axis === "x" && (
        <>
          <i className="dr-plot-rule" style={{ left: hot.at, top: area.top, height: area.height }} />
          {!payload.type.includes("bar") &&
            hot.figures.map(({ k, s, v }) => {
              const spot = spots.get(k);
              return spot && v !== null ? (
                <i
                  key={k}
                  className="dr-plot-dot"
                  style={{ left: spot.x, top: spot.y, background: color(s) }}
                />
              ) : null;
            })}
        </>
      )}
      {isSingle(axis) &&
        [...stretch, ...(hot ? [hot] : [])].map(({ key }, index) => {
          const spot = spots.get(key);
          return spot && payload.type !== "donut" ? (
            <i
              key={index}
              className={`dr-plot-ring dr-ring-${payload.type}`}
              style={{ ...grown(spot.box) }}
            />
          ) : null;
        })}
    </>
  );
}

function grown({ left, top, width, height }: Box): Box {
  return { left: left - 3, top: top - 3, width: width + 6, height: height + 6 };
}
