/** What each of our pages has: the way to Python, words for screen readers, notes, and a place for pop-overs. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { HomeIntent } from "../sync/home";
import type { Synced } from "../sync/model";
import { Sender } from "../sync/sender";
import type { Intent, Reply } from "../sync/types";
import { openPortal } from "./portal";
import { useToasts } from "./Toasts";

export function useRoad<I extends Intent | HomeIntent>(model: Pick<Synced<unknown>, "on" | "off" | "send">) {
  const [sender] = useState(() => new Sender(model));
  const [words, setWords] = useState("");
  const portal = useRef<HTMLDivElement>(null);
  const { toasts, show, dismiss } = useToasts();

  useEffect(() => sender.close, [sender]);
  useLayoutEffect(() => openPortal(portal.current!), []);

  // The same words twice in a row are said twice: a space makes them new.
  const say = useCallback((next: string) => setWords((last) => (last === next ? `${next}\u00a0` : next)), []);
  sender.onSaid = say;
  const ask = useCallback(
    async (intent: I): Promise<Reply> => {
      const reply = await sender.send(intent);
      if (reply.ok && reply.say) say(reply.say);
      return reply;
    },
    [sender, say],
  );
  const send = useCallback(
    async (intent: I): Promise<Reply> => {
      const reply = await ask(intent);
      if (reply.error && reply.error.code !== "stopped") show(reply.error);
      return reply;
    },
    [ask, show],
  );
  return { sender, words, say, ask, send, portal, toasts, dismiss };
}
