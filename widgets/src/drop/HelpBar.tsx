/** What is dragged, what a drop would do now, and the keys: said to screen readers as it changes. */
import { useLayoutEffect, useRef } from "react";
import type { Kind } from "../sync/types";
import type { Dragged } from "./store";
import type { DropTarget } from "./targets";

const GLYPH: Record<Kind, string> = {
  dimension: "dim",
  metric: "metric",
  segment: "segment",
  time: "time",
  period: "calendar",
};

export function HelpBar({
  dragged,
  active,
  count,
}: {
  dragged: Dragged;
  active: DropTarget | null;
  count: number;
}) {
  const names =
    dragged.what === "components" ? dragged.items.map((item) => item.label).join(", ") : dragged.label;
  const kind = dragged.what === "components" ? (dragged.items[0]?.ref.kind ?? "metric") : "metric";
  const idle =
    count === 0
      ? "can't be dropped anywhere here"
      : dragged.keyboard
        ? "Choose a target"
        : "Drop it on a lit place";
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => stayInView(bar.current!), []);
  return (
    <div className="dr-help" ref={bar} data-live-announcer="true">
      {dragged.what === "new" ? (
        <i className={`dr-i dr-i-${dragged.icon}`} aria-hidden="true" />
      ) : (
        <span className={`dr-k dr-kind-${kind}`} aria-hidden="true">
          <i className={`dr-i dr-i-${GLYPH[kind]}`} />
        </span>
      )}
      <b className="dr-ell" dir="auto">
        {names}
      </b>
      <span role="status" className="dr-ell" dir="auto">
        {active?.phrase ?? idle}
      </span>
      {dragged.keyboard && (
        <>
          <span>
            <kbd>←</kbd>
            <kbd>→</kbd> next target
          </span>
          <span>
            <kbd>Enter</kbd> drop
          </span>
        </>
      )}
      <span>
        <kbd>Esc</kbd> cancel
      </span>
    </div>
  );
}

/** The workspace may be taller than what is seen of it: the bar stays at the end of the part in view. */
function stayInView(bar: HTMLElement): () => void {
  const holder = bar.parentElement!;
  const clipping: Element[] = [];
  // What the body hides, the window does.
  for (let each = holder.parentElement; each && each !== document.body; each = each.parentElement)
    if (getComputedStyle(each).overflowY !== "visible") clipping.push(each);
  let frame = 0;
  const place = (): void => {
    const { bottom } = holder.getBoundingClientRect();
    const seen = Math.min(window.innerHeight, ...clipping.map((each) => each.getBoundingClientRect().bottom));
    bar.style.marginBottom = `${Math.max(0, Math.round(bottom - seen))}px`;
    frame = requestAnimationFrame(place);
  };
  place();
  return () => cancelAnimationFrame(frame);
}
