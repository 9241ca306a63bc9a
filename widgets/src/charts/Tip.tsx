/** What a pointer or a key reads in a drawing: all series at one place. Labels are text, always. */
import { type RefObject, useLayoutEffect, useRef } from "react";
import type { ChartPayload } from "../sync/charts";
import { type Group, nameOf } from "./marks";
import type { Spot } from "./plot";
import { Swatch } from "./Swatch";

const MOST = 12;
const AWAY = 14;

interface TipProps {
  group: Group;
  payload: ChartPayload;
  spots: ReadonlyMap<string, Spot>;
  /** Which of its figures the keys are at. */
  focus: number | null;
  frame: RefObject<HTMLElement | null>;
}

export function Tip({ group, payload, spots, focus, frame }: TipProps) {
  const box = useRef<HTMLDivElement>(null);
  const first = spots.get(group.figures[0]!.k);
  // Beside the place, on the side that has room; never out of the window.
  useLayoutEffect(() => {
    const tip = box.current!;
    if (!first) return;
    const around = frame.current!.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = tip;
    // The shell cuts off what goes beyond it.
    const end = Math.min(window.innerWidth, shellOf(frame.current!).right) - around.left - 8;
    const isRight = first.x + AWAY + width <= end;
    const left = isRight ? first.x + AWAY : first.x - AWAY - width;
    const top = Math.min(
      Math.max(first.y - height / 2, 4 - around.top),
      window.innerHeight - around.top - height - 4,
    );
    tip.style.transform = `translate(${Math.round(Math.max(left, 4 - around.left))}px, ${Math.round(top)}px)`;
  });
  const rows = group.figures.slice(0, MOST);
  const left = group.figures.length - rows.length;
  return (
    <div className="dr-chart-tip" ref={box} aria-hidden="true">
      <b dir="auto">{group.title}</b>
      <table>
        <tbody>
          {rows.map((figure, index) => {
            const series = payload.series.find(({ key }) => key === figure.s);
            return (
              <tr key={figure.k} data-focus={(focus === index && rows.length > 1) || undefined}>
                <td>{series && <Swatch type={payload.type} series={series} />}</td>
                <th scope="row" dir="auto">
                  {nameOf(figure, payload)}
                </th>
                <td className="dr-num">{figure.text}</td>
                <td className="dr-num dr-share">{figure.share}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {left > 0 && <small>{`and ${left} more`}</small>}
    </div>
  );
}

function shellOf(element: Element): DOMRect {
  return (element.closest(".dr-root") ?? document.documentElement).getBoundingClientRect();
}
