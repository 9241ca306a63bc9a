/** The handles of an item: drag one to move it, the other to size it; or Enter and the arrow keys.
 *
 * Nothing is sent before it is let go: a drag is one step of undo.
 */
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useState,
} from "react";
import { useBase } from "../sync/context";
import type { ItemState } from "../sync/types";
import { type Field, inWords, isSpot, movedTo, rowsOf, sizedBy, type Spot, stepped, UNIT } from "./tiles";

interface Drag {
  how: "move" | "size" | "keys";
  spot: Spot;
  field: Field;
  /** Another panel that it is held over; null: its own. */
  onto: HTMLElement | null;
  size: { width: number; height: number };
  /** Where the pointer took hold. */
  x: number;
  y: number;
  /** From the item's top left corner to there. */
  dx: number;
  dy: number;
}
interface Tile {
  grip: React.ButtonHTMLAttributes<HTMLButtonElement>;
  corner: React.HTMLAttributes<HTMLElement>;
  ghost: CSSProperties | null;
}

export function useTile(frame: RefObject<HTMLElement | null>, item: ItemState): Tile {
  const { send, say } = useBase();
  const [drag, setDrag] = useState<Drag | null>(null);
  const { id, box, natural } = item;
  const start: Spot = { x: box.x, y: box.y, w: box.w, h: natural ? null : box.h };

  const begin = (how: Drag["how"], x: number, y: number): Drag => {
    const rect = frame.current!.getBoundingClientRect();
    const { width, height } = rect;
    const field = fieldOf(frame.current!.parentElement!);
    const size = { width, height };
    return { how, spot: start, field, onto: null, size, x, y, dx: x - rect.left, dy: y - rect.top };
  };
  const end = (keep: boolean): void => {
    if (drag && keep && drag.onto) {
      const { x, y } = drag.spot;
      // A panel that is collapsed shows no places.
      const place = bodyOf(drag.onto) ? { x, y } : {};
      void send({ verb: "move_item", item: id, panel: drag.onto.dataset.panel!, ...place });
    } else if (drag && keep && !isSpot(drag.spot, box, natural))
      void send({ verb: "place_item", item: id, ...drag.spot });
    setDrag(null);
  };
  const down = (how: "move" | "size") => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.focus?.();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag(begin(how, event.clientX, event.clientY));
  };
  const move = (event: PointerEvent): void => {
    if (!drag || drag.how === "keys") return;
    const onto = drag.how === "move" ? otherPanel(frame.current!, event.clientX, event.clientY) : null;
    // The canvas may have scrolled meanwhile.
    const field = fieldOf((onto && bodyOf(onto)) ?? frame.current!.parentElement!);
    const from = onto ? { ...start, y: 0 } : start;
    const spot =
      drag.how === "move"
        ? movedTo(from, field, event.clientX - drag.dx, event.clientY - drag.dy)
        : sizedBy(start, field, drag.size, event.clientX - drag.x, event.clientY - drag.y);
    setDrag({ ...drag, field, spot, onto });
  };
  const onto = drag?.onto ?? null;
  useEffect(() => {
    onto?.toggleAttribute("data-receiving", true);
    return () => void onto?.toggleAttribute("data-receiving", false);
  }, [onto]);
  const pointer = { onPointerMove: move, onPointerUp: () => end(true), onPointerCancel: () => end(false) };

  const onKeyDown = (event: KeyboardEvent): void => {
    const isOn = drag?.how === "keys";
    if (!isOn) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      setDrag(begin("keys", 0, 0));
      say("Arrow keys move it, with Shift they size it. Enter keeps the place, Escape does not.");
      return;
    }
    if (event.key === "Tab") return end(false);
    event.preventDefault();
    if (event.key === "Enter" || event.key === " ") return end(true);
    if (event.key === "Escape") {
      end(false);
      return say("Left where it was.");
    }
    if (!event.key.startsWith("Arrow")) return;
    const spot = stepped(
      drag.spot,
      event.key,
      event.shiftKey,
      drag.field,
      Math.round(drag.size.height / UNIT),
    );
    setDrag({ ...drag, spot });
    say(inWords(spot, drag.field.rows));
  };

  return {
    grip: {
      "aria-pressed": drag?.how === "keys",
      onPointerDown: down("move"),
      ...pointer,
      onKeyDown,
      onBlur: () => drag?.how === "keys" && end(false),
    },
    corner: { onPointerDown: down("size"), ...pointer },
    ghost: drag && (drag.onto === null || bodyOf(drag.onto)) ? ghostOf(drag, frame.current!) : null,
  };
}

/** The panel under a point, unless it is the one that an item stands in. */
function otherPanel(item: HTMLElement, x: number, y: number): HTMLElement | null {
  const own = item.closest<HTMLElement>("[data-panel]");
  const found = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-panel]") ?? null;
  return found !== own && found?.closest(".dr-root") === own?.closest(".dr-root") ? found : null;
}

function bodyOf(panel: HTMLElement): HTMLElement | null {
  return panel.querySelector<HTMLElement>(".dr-panel-b");
}

function fieldOf(body: HTMLElement): Field {
  const style = getComputedStyle(body);
  const rect = body.getBoundingClientRect();
  const gap = parseFloat(style.columnGap) || 0;
  const left = rect.left + (parseFloat(style.paddingLeft) || 0);
  const inner =
    body.clientWidth - (parseFloat(style.paddingLeft) || 0) - (parseFloat(style.paddingRight) || 0);
  const found = [...body.querySelectorAll<HTMLElement>(":scope > [data-item]")].map((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const [y = 0, h = 0] = (element.dataset.rows ?? "").split(" ").map(Number);
    return { box: { y, h }, top, bottom };
  });
  return { left, gap, column: (inner + gap) / 12, rows: rowsOf(found) };
}

/** Where the item would be, drawn over the panel. */
function ghostOf({ spot, field, size }: Drag, frame: HTMLElement): CSSProperties {
  const rect = frame.getBoundingClientRect();
  const top = field.rows.find((row) => row.y === spot.y)?.top ?? rect.top;
  return {
    left: field.left + spot.x * field.column - rect.left,
    top: top - rect.top,
    width: spot.w * field.column - field.gap,
    height: spot.h === null ? size.height : spot.h * UNIT,
  };
}
