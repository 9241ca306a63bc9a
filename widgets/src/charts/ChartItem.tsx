/** A chart in its panel: where it draws from, how, and the drawing. */
import { memo, useState } from "react";
import { ItemFrame } from "../panel/ItemFrame";
import type { ChartState, ItemState } from "../sync/items";
import { IconButton } from "../ui/IconButton";
import { isNumber } from "../visualizations";
import { ChartBody } from "./ChartBody";
import { ChartSettings } from "./ChartSettings";
import { FiguresDialog } from "./FiguresDialog";
import { SourceButton } from "./SourceButton";
import { useChart } from "./useChart";

interface ChartItemProps {
  chart: ChartState;
  items: readonly ItemState[];
  panel: string;
}

export const ChartItem = memo(function ChartItem({ chart, items, panel }: ChartItemProps) {
  const payload = useChart(chart.id);
  const [isListed, setListed] = useState(false);
  const { title, kind } = chart;
  return (
    <ItemFrame
      item={chart}
      items={items}
      mark={<SourceButton chart={chart} payload={payload} />}
      look={isNumber(kind) ? "number" : "card"}
      tools={
        <>
          {payload && payload.table.rows.length > 0 && (
            <IconButton icon="table" label={`Figures of ${title}`} onPress={() => setListed(true)} />
          )}
          {payload && <ChartSettings chart={chart} payload={payload} />}
        </>
      }
    >
      <ChartBody chart={chart} payload={payload} panel={panel} />
      {isListed && payload && (
        <FiguresDialog title={title} payload={payload} onClose={() => setListed(false)} />
      )}
    </ItemFrame>
  );
});

/** A chart on a page to read. */
export function ReadOnlyChart({ chart }: { chart: ChartState }) {
  const payload = useChart(chart.id);
  const [isListed, setListed] = useState(false);
  return (
    <>
      <ChartBody chart={chart} payload={payload} panel={null} />
      {payload && payload.table.rows.length > 0 && (
        <span className="dr-noprint dr-chart-list">
          <IconButton icon="table" label={`Figures of ${chart.title}`} onPress={() => setListed(true)} />
        </span>
      )}
      {isListed && payload && (
        <FiguresDialog title={chart.title} payload={payload} onClose={() => setListed(false)} />
      )}
    </>
  );
}
