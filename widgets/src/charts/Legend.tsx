/** The series of a drawing: each is a switch that takes it out of the drawing and brings it back. */
import { memo } from "react";
import { Button } from "react-aria-components";
import type { ChartType, Series } from "../sync/charts";
import { clip } from "../ui/Label";
import { Swatch } from "./Swatch";

interface LegendProps {
  type: ChartType;
  series: readonly Series[];
  hidden: ReadonlySet<string>;
  /** The series that is pointed at in the drawing. */
  hot?: string | null;
  onToggle: (series: string) => void;
  /** With the figures of each, one below the other: beside a ring. */
  figures?: boolean;
}

export const Legend = memo(function Legend(props: LegendProps) {
  const { type, series: all, hidden, hot = null, onToggle, figures = false } = props;
  return (
    <ul className={figures ? "dr-legend dr-legend-list" : "dr-legend"} aria-label="Series">
      {all.map((series) => {
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
              <Swatch type={type} series={series} />
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
});
