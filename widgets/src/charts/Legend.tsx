/** The series of a drawing: each is a switch that takes it out of the drawing and brings it back. */
import { Button } from "react-aria-components";
import type { ChartPayload } from "../sync/charts";
import { clip } from "../ui/Label";
import { Swatch } from "./Swatch";

interface LegendProps {
  payload: ChartPayload;
  hidden: ReadonlySet<string>;
  /** The series that is pointed at in the drawing. */
  hot?: string | null;
  onToggle: (series: string) => void;
  /** With the figures of each, one below the other: beside a ring. */
  figures?: boolean;
}

export function Legend({ payload, hidden, hot = null, onToggle, figures = false }: LegendProps) {
  if (payload.series.length === 0) return null;
  return (
    <ul className={figures ? "dr-legend dr-legend-list" : "dr-legend"} aria-label="Series">
      {payload.series.map((series) => {
        const isOn = !hidden.has(series.key);
        return (
          <li key={series.key}>
            <Button
              className="dr-legend-entry"
              aria-pressed={isOn}
              aria-label={figures ? undefined : clip(series.label)}
              data-hot={hot === series.key || undefined}
              onPress={() => onToggle(series.key)}
            >
              <Swatch type={payload.type} series={series} />
              <span className="dr-ell" dir="auto" title={clip(series.label)}>
                {series.label}
              </span>
              {figures && (
                <>
                  <span className="dr-num">{series.text}</span>
                  <span className="dr-num dr-share">{series.share}</span>
                </>
              )}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
