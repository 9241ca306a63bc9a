/** What one chart shows; nothing is drawn again because another one has new figures. */
import { useCallback, useSyncExternalStore } from "react";
import type { ChartPayload } from "../sync/charts";
import { useBase } from "../sync/context";
import { chartsOf } from "./store";

export function useChart(id: string): ChartPayload | undefined {
  return useChartPart(id, whole);
}

/** A part of what a chart shows: who reads it is not drawn again for another part. `read` is a function of a module. */
export function useChartPart<T>(id: string, read: (payload: ChartPayload | undefined) => T): T {
  const { model } = useBase();
  return useSyncExternalStore(
    useCallback((listener: () => void) => chartsOf(model).subscribe(id, listener), [model, id]),
    useCallback(() => read(chartsOf(model).get(id)), [model, id, read]),
  );
}

const whole = (payload: ChartPayload | undefined): ChartPayload | undefined => payload;
