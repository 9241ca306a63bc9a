/** What is dragged, what a drop would do now, and the keys: said to screen readers as it changes. */
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
    dragged.what === "column" ? dragged.label : dragged.items.map((item) => item.label).join(", ");
  const kind = dragged.what === "column" ? "metric" : (dragged.items[0]?.ref.kind ?? "metric");
  const idle =
    count === 0
      ? "can't be dropped anywhere here"
      : dragged.keyboard
        ? "Choose a target"
        : "Drop it on a lit place";
  return (
    <div className="dr-help" data-live-announcer="true">
      <span className={`dr-k dr-kind-${kind}`} aria-hidden="true">
        <i className={`dr-i dr-i-${GLYPH[kind]}`} />
      </span>
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
