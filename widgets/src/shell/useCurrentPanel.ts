/** The panel that "into the panel" means: the one used last while it is in view, else the one most in view. */
import { type RefObject, useEffect, useMemo, useState } from "react";
import type { PanelState } from "../sync/types";

export function useCurrentPanel(
  canvas: RefObject<HTMLElement | null>,
  panels: readonly PanelState[],
): { current: PanelState | null; use: (panel: string) => void } {
  const [used, use] = useState<string | null>(null);
  const [seen, setSeen] = useState<Record<string, number>>({});
  const ids = panels.map((panel) => panel.id).join(" ");

  useEffect(() => {
    const box = canvas.current;
    if (!box || typeof IntersectionObserver === "undefined") return;
    const watch = new IntersectionObserver(
      (entries) =>
        setSeen((before) => {
          const now = { ...before };
          for (const { target, intersectionRect } of entries)
            now[(target as HTMLElement).dataset.panel!] = Math.round(intersectionRect.height);
          return now;
        }),
      { root: box, threshold: [0, 0.1, 0.25, 0.5, 0.75, 1] },
    );
    for (const panel of box.querySelectorAll("[data-panel]")) watch.observe(panel);
    return () => watch.disconnect();
  }, [canvas, ids]);

  const current = useMemo(() => {
    const isSeen = (panel: PanelState): boolean => seen[panel.id] !== 0;
    const last = panels.find((panel) => panel.id === used);
    if (last && isSeen(last)) return last;
    const inView = panels.filter((panel) => (seen[panel.id] ?? 0) > 0);
    const most = Math.max(0, ...inView.map((panel) => seen[panel.id]!));
    return inView.find((panel) => seen[panel.id] === most) ?? last ?? panels.at(-1) ?? null;
  }, [panels, used, seen]);
  return { current, use };
}
