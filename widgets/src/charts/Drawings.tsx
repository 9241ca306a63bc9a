/** The drawing of a chart, or one for each of its rings, with the legend; and what was chosen in it. */
import { type CSSProperties, useCallback, useMemo, useState } from "react";
import type { ChartPayload, ChartPart } from "../sync/charts";
import type { ChartState } from "../sync/items";
import { heightOf } from "./height";
import { Legend } from "./Legend";
import { ChoiceMenu } from "./ChoiceMenu";
import { chosenOf, type Group, type Point, shown } from "./marks";
import { PlotView } from "./PlotView";

interface DrawingsProps {
  chart: ChartState;
  payload: ChartPayload;
  panel: string | null;
  onError: (error: Error) => void;
}
/** What was chosen, in which of the drawings, and where the pointer was. */
interface Choice {
  part: string | null;
  groups: Group[];
  at: Point;
}
const NONE: ReadonlySet<string> = new Set();

export function Drawings({ chart, payload, panel, onError }: DrawingsProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(NONE);
  const [choice, setChoice] = useState<Choice | null>(null);
  const [hot, setHot] = useState<string | null>(null);
  const toggle = useCallback((series: string): void => {
    setHidden((hidden) => {
      const next = new Set(hidden);
      if (!next.delete(series)) next.add(series);
      return next;
    });
  }, []);
  const isRing = payload.type === "donut";
  const parts: (ChartPart | null)[] = isRing && payload.parts ? payload.parts : [null];
  const isListed = isRing && parts.length === 1;
  const height = chart.natural ? heightOf(payload) : 0;
  const legend = payload.settings.legend && payload.series.length > 0 && (
    <Legend
      type={payload.type}
      series={payload.series}
      {...{ hidden, hot }}
      onToggle={toggle}
      figures={isListed}
    />
  );
  return (
    <div className={isListed ? "dr-drawings dr-drawings-ring" : "dr-drawings"}>
      {!isListed && legend}
      <div className="dr-drawings-parts">
        {parts.map((part) => (
          <OnePlot
            key={part?.key ?? ""}
            {...{ payload, part, hidden, height, onError }}
            title={chart.title}
            isRing={isRing}
            chosen={choice && choice.part === (part?.key ?? null) ? choice.groups : null}
            onHover={isRing ? (group) => setHot(group?.figures[0]?.s ?? null) : undefined}
            onChoose={
              panel === null
                ? undefined
                : (groups, at) => {
                    if (chosenOf(groups).paths.length > 0 || chosenOf(groups).time)
                      setChoice({ part: part?.key ?? null, groups, at });
                  }
            }
          >
            {choice && panel !== null && choice.part === (part?.key ?? null) && (
              <ChoiceMenu
                chart={chart.id}
                panel={panel}
                payload={payload}
                chosen={chosenOf(choice.groups)}
                at={choice.at}
                onClose={() => setChoice(null)}
              />
            )}
          </OnePlot>
        ))}
      </div>
      {isListed && legend}
    </div>
  );
}

interface OnePlotProps {
  payload: ChartPayload;
  part: ChartPart | null;
  hidden: ReadonlySet<string>;
  height: number;
  title: string;
  isRing: boolean;
  chosen: readonly Group[] | null;
  onHover: ((group: Group | null) => void) | undefined;
  onChoose: ((groups: Group[], at: Point) => void) | undefined;
  onError: (error: Error) => void;
  children: React.ReactNode;
}

function OnePlot({ payload, part, hidden, height, title, isRing, children, ...rest }: OnePlotProps) {
  const { figures: all, parts, settings } = payload;
  const figures = useMemo(() => {
    const own = part && parts && parts.length > 1 ? all.filter((figure) => figure.part === part.key) : all;
    return shown(own, hidden);
  }, [all, part, parts, hidden]);
  const several = parts !== null && parts.length > 1;
  return (
    <figure className={isRing ? "dr-ring" : "dr-one-plot"}>
      {several && part && (
        <figcaption className="dr-ell" dir="auto" title={part.title}>
          {part.title}
        </figcaption>
      )}
      <PlotView
        payload={payload}
        figures={figures}
        label={`${title}. ${payload.summary}`}
        style={height > 0 ? { minHeight: height } : undefined}
        {...rest}
      >
        {isRing && part && (
          <span className="dr-ring-middle" aria-hidden="true">
            <b style={{ "--dr-letters": Math.max(5, part.text.length) } as CSSProperties}>{part.text}</b>
            {!several && <small dir="auto">{part.title}</small>}
          </span>
        )}
        {children}
      </PlotView>
      {settings.threshold !== null && "threshold" in payload.offers && (
        <p className="dr-sr">{`A line marks ${settings.threshold}.`}</p>
      )}
    </figure>
  );
}
