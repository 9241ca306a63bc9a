/** Keeps a drawing in an element: of the figures that are there, as large as the element is. */
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { useBase } from "../sync/context";
import type { ChartPayload, Figure } from "../sync/charts";
import { loadPlots } from "./bundle";
import { axisOf, type Group, groupsOf } from "./marks";
import type { Box, Plot, Size, Spot } from "./plot";
import { Stage } from "./stage";

/** Where everything stands in the drawing that is there. */
export interface Layout {
  spots: ReadonlyMap<string, Spot>;
  groups: Group[];
  area: Box;
  /** Of the figures that are drawn; null: nothing is there yet. */
  revision: number | null;
}
const NOWHERE: Box = { left: 0, top: 0, width: 0, height: 0 };
const NOTHING: Layout = { spots: new Map(), groups: [], area: NOWHERE, revision: null };
/** Smaller than this there is nothing to see. */
const LEAST = 40;

export function useDrawing(
  payload: ChartPayload,
  figures: readonly Figure[],
  frame: RefObject<HTMLElement | null>,
  onError: (error: Error) => void,
) {
  const { model, sender } = useBase();
  const ref = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage | null>(null);
  const plot = useRef<Plot | null>(null);
  const [layout, setLayout] = useState<Layout>(NOTHING);
  const size = useSize(ref);
  const latest = useRef({ payload, figures, onError });
  latest.current = { payload, figures, onError };

  useEffect(() => {
    const drawn = (done: Plot): void => {
      const { payload: now, figures: there } = latest.current;
      plot.current = done;
      const spots = new Map(done.spots().map((spot) => [spot.key, spot]));
      const groups = groupsOf(there, spots, axisOf(now.type));
      setLayout({ spots, area: done.area(), groups, revision: now.revision });
    };
    const failed = (error: Error): void => latest.current.onError(error);
    const made = new Stage(ref.current!, () => loadPlots(model, sender), { drawn, failed });
    stage.current = made;
    return () => made.close();
  }, [model, sender]);
  // It is drawn when it can be read and chosen in, too.
  useEffect(() => {
    if (layout.revision !== null) frame.current!.dataset.drawn = String(layout.revision);
  }, [layout, frame]);

  const { spec, revision } = payload;
  const scene = useMemo(() => spec && size && { spec, figures, ...size }, [spec, figures, size]);
  // A newer result may look the same: then there is nothing to draw, and it is there at once.
  useEffect(() => {
    if (scene) stage.current!.show(scene);
  }, [scene, revision]);
  const keyAt = (element: Element): string | null => plot.current?.keyAt(element) ?? null;
  return { host: { ref, keyAt }, layout };
}

function useSize(ref: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      const next = { width: Math.floor(width), height: Math.floor(height) };
      if (next.width < LEAST || next.height < LEAST) return;
      setSize((last) => (last?.width === next.width && last.height === next.height ? last : next));
    });
    watch.observe(ref.current!);
    return () => watch.disconnect();
  }, [ref]);
  return size;
}
