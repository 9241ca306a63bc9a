/** What a chart shows: its drawing or its figure, and in their place bones, what went wrong, or where to begin. */
import { useEffect, useState } from "react";
import { ErrorCard } from "../grid/Notices";
import type { ChartState } from "../sync/items";
import { useBase, useShell } from "../sync/context";
import { Icon } from "../ui/Icon";
import { isNumber } from "../visualizations";
import { loadPlots } from "./bundle";
import { Drawings } from "./Drawings";
import { SourcePicker } from "./SourcePicker";
import { useChart } from "./useChart";
import { ValueView } from "./ValueView";

interface ChartBodyProps {
  chart: ChartState;
  /** null: a page to read, where nothing is chosen. */
  panel: string | null;
}

export function ChartBody({ chart, panel }: ChartBodyProps) {
  const { send, model, sender } = useBase();
  const payload = useChart(chart.id);
  const { canUndo } = useShell().state;
  const [failure, setFailure] = useState<{ revision: number; error: Error } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const isText = isNumber(chart.kind);
  // What draws comes while the figures are counted. Where it does not come, the drawing asks again, and tells.
  useEffect(() => {
    if (!isText) loadPlots(model, sender).catch(() => undefined);
  }, [isText, model, sender]);
  const broken = failure !== null && failure.revision === payload?.revision ? failure.error : null;
  const error = broken
    ? { title: "This chart can't be drawn.", message: broken.message, details: broken.stack ?? "" }
    : (payload?.error ?? null);
  const status = error ? "error" : (payload?.status ?? "loading");
  const hasFigures = payload !== undefined && (payload.spec !== null || payload.value !== null);
  // Axes without a single mark tell nothing: the summary says that there are no rows, or no values.
  const isBare = payload?.spec != null && payload.figures.every(({ v }) => v === null);
  const retry = (): void => {
    if (broken) {
      setFailure(null);
      setAttempt(attempt + 1);
    } else void send({ verb: "refresh" });
  };
  return (
    <div
      className="dr-chart dr-fades"
      data-dr-chart={chart.id}
      data-status={status}
      data-revision={payload?.revision}
      aria-busy={status === "loading"}
    >
      {chart.color === null ? (
        <SourceMissing chart={chart} isPage={panel === null} />
      ) : (
        <>
          {error && (
            <ErrorCard
              error={error}
              onUndo={panel === null || !canUndo ? undefined : () => void send({ verb: "undo" })}
              onRetry={retry}
            />
          )}
          {hasFigures &&
            !broken &&
            (payload.value ? <ValueView value={payload.value} summary={payload.summary} /> : null)}
          {payload?.spec && !isBare && !broken && (
            <Drawings
              key={attempt}
              chart={chart}
              payload={payload}
              panel={panel}
              onError={(raised) => setFailure({ revision: payload.revision, error: raised })}
            />
          )}
          {!hasFigures && !error && status === "loading" && <Bones isText={isText} />}
          {(!hasFigures || isBare) && !error && status === "ready" && payload && (
            <Nothing words={payload.summary} />
          )}
        </>
      )}
    </div>
  );
}

/** There is a table, but nothing in it that could be drawn: Python says why. */
function Nothing({ words }: { words: string }) {
  return (
    <p className="dr-chart-none" role="status" dir="auto">
      {words}
    </p>
  );
}

function Bones({ isText }: { isText: boolean }) {
  return (
    <div className={isText ? "dr-chart-bones dr-bones-text" : "dr-chart-bones"} role="status">
      <span className="dr-sr">Counting…</span>
      {(isText ? [60] : [40, 64, 52, 88, 70, 96, 58]).map((part, index) => (
        <i
          key={index}
          className="dr-bone"
          aria-hidden="true"
          style={isText ? { width: `${part}%` } : { height: `${part}%` }}
        />
      ))}
    </div>
  );
}

function SourceMissing({ chart, isPage }: { chart: ChartState; isPage: boolean }) {
  const { state, send } = useShell();
  return (
    <div className="dr-start dr-source-missing">
      <Icon name="unlink" />
      <h4>{isNumber(chart.kind) ? "No source" : "This chart has no source"}</h4>
      {!isPage && (
        <>
          <p>Its table was removed, or was never chosen. Choose the table that it draws.</p>
          <SourcePicker chart={chart} canUndo={state.canUndo} onUndo={() => void send({ verb: "undo" })} />
        </>
      )}
    </div>
  );
}
