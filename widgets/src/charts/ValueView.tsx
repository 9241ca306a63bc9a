/** A figure set as text: a summary number, or how one changed. Never colour alone: the direction has an arrow and words. */
import type { CSSProperties } from "react";
import type { ChartValue } from "../sync/charts";
import { Icon } from "../ui/Icon";
import { clip } from "../ui/Label";

const WIDTH = 96;
const HEIGHT = 28;

export function ValueView({ value, summary }: { value: ChartValue; summary: string }) {
  const { text, unit, full, caption, trend, first, last, change } = value;
  const isCut = full !== `${text}${unit}`;
  return (
    <div
      className="dr-value"
      style={{ "--dr-letters": Math.max(4, text.length + unit.length) } as CSSProperties}
    >
      <output title={isCut ? full : undefined} aria-label={isCut ? full : undefined}>
        {text}
        {unit && <small>{unit}</small>}
      </output>
      {change && (
        <p className={`dr-change dr-went-${change.direction}`}>
          <Icon
            name={change.direction === "down" ? "down" : change.direction === "up" ? "up" : "right"}
            small
          />
          {change.text !== `${text}${unit}` && <b>{change.text}</b>} <span>{change.words}</span>
        </p>
      )}
      {trend && trend.length > 1 && <Spark trend={trend} first={first} last={last} />}
      <p className="dr-value-caption dr-ell" dir="auto" title={clip(caption)}>
        {caption}
      </p>
      <p className="dr-sr">{summary}</p>
    </div>
  );
}

interface SparkProps {
  trend: (number | null)[];
  first: string | null;
  last: string | null;
}

/** A line over time: gaps stay gaps. */
function Spark({ trend, first, last }: SparkProps) {
  const numbers = trend.filter((each) => each !== null);
  if (numbers.length === 0) return null;
  const [low, high] = [Math.min(0, ...numbers), Math.max(...numbers)];
  return (
    <svg
      className="dr-value-spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Over time, ${first ?? ""} to ${last ?? ""}`}
    >
      <path d={sparkPath(trend, low, high)} />
    </svg>
  );
}

export function sparkPath(trend: readonly (number | null)[], low: number, high: number): string {
  const step = WIDTH / Math.max(1, trend.length - 1);
  const span = high - low || 1;
  let pen = "M";
  const parts: string[] = [];
  trend.forEach((value, index) => {
    if (value === null) {
      pen = "M";
      return;
    }
    const y = 1 + (HEIGHT - 2) * (1 - (value - low) / span);
    parts.push(`${pen}${(index * step).toFixed(1)} ${y.toFixed(1)}`);
    pen = "L";
  });
  return parts.join("");
}
