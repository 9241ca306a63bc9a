/** Traits of the model as React state. */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Synced } from "./model";
import { painting } from "./painting";
import type { Sender } from "./sender";
import { share } from "./share";

/** The value of a synced trait; the component renders again when Python changes it, after figures that come with it.
 *
 * Python sends the whole value: parts that did not change keep their identity here.
 */
export function useTrait<T, K extends keyof T & string>(model: Synced<T>, name: K): T[K] {
  const subscribe = useCallback(
    (listener: () => void) => {
      let isHeard = true;
      const changed = (): void => painting.after(() => isHeard && listener());
      model.on(`change:${name}`, changed);
      return () => {
        isHeard = false;
        model.off(`change:${name}`, changed);
      };
    },
    [model, name],
  );
  const last = useRef<{ sent: T[K]; shared: T[K] } | null>(null);
  const read = useCallback((): T[K] => {
    const sent = model.get(name);
    if (last.current === null || last.current.sent !== sent)
      last.current = { sent, shared: share(last.current?.shared, sent) };
    return last.current.shared;
  }, [model, name]);
  return useSyncExternalStore(subscribe, read);
}

/** How long an answer has been due: "soon" for the first 300 ms, so that quick answers never flash. */
export type Waiting = "no" | "soon" | "waiting" | "busy" | "silent";
const STAGES: [Waiting, number][] = [
  ["waiting", 300],
  ["busy", 2_000],
  ["silent", 20_000],
];

export function useWaiting(sender: Sender): Waiting {
  const isPending = useSyncExternalStore(sender.subscribe, () => sender.pending() > 0);
  const [stage, setStage] = useState<Waiting>("no");
  useEffect(() => {
    setStage(isPending ? "soon" : "no");
    if (!isPending) return;
    const timers = STAGES.map(([next, after]) => setTimeout(() => setStage(next), after));
    return () => timers.forEach(clearTimeout);
  }, [isPending]);
  return stage;
}
