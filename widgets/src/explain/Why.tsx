/** The sentence of a mark beside a total: as a tip for the pointer and the focus, as a pop-over on a press. */
import { useEffect, useState } from "react";
import { Dialog, Popover } from "react-aria-components";
import { spotOf } from "../grid/actions";
import { Pop } from "../grid/menu/Pop";
import { useBase } from "../sync/context";
import type { BlockHead, TablePayload } from "../sync/types";
import { useAnswer } from "./useAnswer";

interface Asked {
  payload: TablePayload;
  head: BlockHead;
  column: string;
  anchor: HTMLElement;
}

const NAME = "Why the rows don’t add up";
const SOON = 250;

export function Why({ onClose, ...asked }: Asked & { onClose: () => void }) {
  return (
    <Pop anchor={asked.anchor} label={NAME} onClose={onClose}>
      <Dialog aria-label={NAME} className="dr-dialog dr-why-dialog">
        <Sentence {...asked} />
      </Dialog>
    </Pop>
  );
}

function Sentence({ payload, head, column }: Asked) {
  const { question } = useBase();
  const found = useAnswer(
    () => question({ verb: "why", table: payload.id, path: head.path, column }),
    [payload.revision, head.id, column],
  );
  return (
    <p role="status" dir="auto">
      {found.status === "waiting"
        ? "Asking…"
        : found.status === "failed"
          ? found.message
          : found.value.sentence}
    </p>
  );
}

const MARK = "[data-act=why]";

/** The mark of the cell that the keyboard is on. */
function focusedMark(frame: HTMLElement): HTMLElement | null {
  const active = frame.ownerDocument.activeElement;
  if (!active || !frame.contains(active) || !active.matches(":focus-visible")) return null;
  return active.closest(".ag-cell")?.querySelector<HTMLElement>(MARK) ?? null;
}

interface WhyTipProps {
  frame: HTMLElement;
  payload: TablePayload;
  /** Grows when marks came or went. */
  marked: number;
}

/** Shows the sentence while the pointer rests on a mark, or the keyboard on its cell. */
export function WhyTip({ frame, payload, marked }: WhyTipProps) {
  const [asked, setAsked] = useState<Omit<Asked, "payload"> | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = (): void => {
      clearTimeout(timer);
      setAsked(null);
    };
    const open = (anchor: HTMLElement | null): void => {
      close();
      if (!anchor) return;
      const { row, column } = spotOf(anchor, payload);
      if (row?.type !== "total" || column === null) return;
      timer = setTimeout(() => setAsked({ anchor, head: row, column }), SOON);
    };
    const onOver = ({ target }: PointerEvent): void => {
      const mark = (target as HTMLElement).closest<HTMLElement>(MARK);
      if (mark) open(mark);
    };
    const onOut = ({ target, relatedTarget }: PointerEvent): void => {
      const mark = (target as HTMLElement).closest(MARK);
      if (mark && !mark.contains(relatedTarget as Node | null)) close();
    };
    const onFocus = (): void => open(focusedMark(frame));
    const onKey = ({ key }: KeyboardEvent): void => void (key === "Escape" && close());
    const listeners = [
      ["pointerover", onOver],
      ["pointerout", onOut],
      ["focusin", onFocus],
      ["focusout", close],
      ["keydown", onKey],
    ] as [string, EventListener][];
    for (const [type, listener] of listeners) frame.addEventListener(type, listener);
    // The table was drawn again: its marks are new elements, and one may be where the keyboard is.
    onFocus();
    return () => {
      clearTimeout(timer);
      for (const [type, listener] of listeners) frame.removeEventListener(type, listener);
    };
  }, [frame, payload, marked]);
  if (!asked?.anchor.isConnected) return null;
  return (
    <Popover
      isNonModal
      isOpen
      triggerRef={{ current: asked.anchor }}
      placement="bottom"
      offset={4}
      className="dr-tip dr-why-tip"
      aria-label={NAME}
    >
      <Sentence payload={payload} {...asked} />
    </Popover>
  );
}
