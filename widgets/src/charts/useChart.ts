/** What one chart shows; nothing is drawn again because another one has new figures. */
import { useCallback, useRef, useSyncExternalStore } from "react";
import type { ChartPayload } from "../sync/charts";
import { useBase } from "../sync/context";
import { share } from "../sync/share";

export function useChart(id: string): ChartPayload | undefined {
  const { model } = useBase();
  const subscribe = useCallback(
    (listener: () => void) => {
      model.on("change:charts", listener);
      return () => model.off("change:charts", listener);
    },
    [model],
  );
  const last = useRef<{ sent?: ChartPayload; shared?: ChartPayload }>({});
  const read = useCallback((): ChartPayload | undefined => {
    const sent = model.get("charts")[id];
    if (last.current.sent !== sent)
      last.current = sent ? { sent, shared: share(last.current.shared, sent) } : {};
    return last.current.shared;
  }, [model, id]);
  return useSyncExternalStore(subscribe, read);
}
