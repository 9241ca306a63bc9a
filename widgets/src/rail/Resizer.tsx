/** The edge of the list: drag it, or use the arrow keys. */
import { useState } from "react";

const LEAST = 200;
const MOST = 360;
const STEP = 16;

interface ResizerProps {
  width: number;
  initial: number;
  onResize: (width: number) => void;
}

export function Resizer({ width, initial, onResize }: ResizerProps) {
  const [from, setFrom] = useState<{ x: number; width: number } | null>(null);
  const set = (next: number): void => onResize(Math.round(Math.min(MOST, Math.max(LEAST, next))));
  return (
    <div
      className="dr-resize"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the list"
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={width}
      tabIndex={0}
      data-active={from ? true : undefined}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom({ x: event.clientX, width });
      }}
      onPointerMove={(event) => from && set(from.width + event.clientX - from.x)}
      onPointerUp={() => setFrom(null)}
      onPointerCancel={() => setFrom(null)}
      onDoubleClick={() => set(initial)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -STEP, ArrowRight: STEP, Home: LEAST - width, End: MOST - width }[
          event.key
        ];
        if (step === undefined) return;
        event.preventDefault();
        set(width + step);
      }}
    />
  );
}
