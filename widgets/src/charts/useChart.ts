/** What one chart shows; nothing is drawn again because another one has new figures. */
import { useCallback, useSyncExternalStore } from "react";
import type { ChartPayload } from "../sync/charts";
import { useBase } from "../sync/context";
import type { ShellModel } from "../sync/model";
import { share } from "../sync/share";

/** What was sent of a chart, made of the parts of what was sent before: once for all that read it. */
interface Known {
  sent: ChartPayload;
  shared: ChartPayload;
}
const known = new WeakMap<ShellModel, Map<string, Known>>();

function latest(model: ShellModel, id: string): ChartPayload | undefined {
  const charts = known.get(model) ?? new Map<string, Known>();
  known.set(model, charts);
  const sent = model.get("charts")[id];
  if (sent === undefined) {
    charts.delete(id);
    return undefined;
  }
  const last = charts.get(id);
  if (last?.sent === sent) return last.shared;
  const shared = share(last?.shared, sent);
  charts.set(id, { sent, shared });
  return shared;
}

export function useChart(id: string): ChartPayload | undefined {
  return useChartPart(id, whole);
}

/** A part of what a chart shows: who reads it is not drawn again for another part. `read` is a function of a module. */
export function useChartPart<T>(id: string, read: (payload: ChartPayload | undefined) => T): T {
  const { model } = useBase();
  const subscribe = useCallback(
    (listener: () => void) => {
      model.on("change:charts", listener);
      return () => model.off("change:charts", listener);
    },
    [model],
  );
  return useSyncExternalStore(
    subscribe,
    useCallback(() => read(latest(model, id)), [model, id, read]),
  );
}

const whole = (payload: ChartPayload | undefined): ChartPayload | undefined => payload;
