/** A chart in its panel: where it draws from, how, and the drawing. */
import { memo, useState } from "react";
import { ItemFrame } from "../panel/ItemFrame";
import type { ChartPayload } from "../sync/charts";
import type { ChartState, ItemState } from "../sync/items";
import { IconButton } from "../ui/IconButton";
import { isNumber } from "../visualizations";
import { ChartBody } from "./ChartBody";
import { ChartSettings } from "./ChartSettings";
import { FiguresDialog } from "./FiguresDialog";
import { SourceButton } from "./SourceButton";
import { useChartPart } from "./useChart";

interface ChartItemProps {
  chart: ChartState;
  items: readonly ItemState[];
  panel: string;
}

/** New figures are for the drawing alone: what is around it stays as it is. */
export const ChartItem = memo(function ChartItem({ chart, items, panel }: ChartItemProps) {
  const { id, title, kind } = chart;
  return (
    <ItemFrame
      item={chart}
      items={items}
      mark={<SourceButton chart={chart} />}
      look={isNumber(kind) ? "number" : "card"}
      tools={
        <>
          <Figures id={id} title={title} />
          <ChartSettings chart={chart} />
        </>
      }
    >
      <ChartBody chart={chart} panel={panel} />
    </ItemFrame>
  );
});

/** A chart on a page to read. */
export function ReadOnlyChart({ chart }: { chart: ChartState }) {
  return (
    <>
      <ChartBody chart={chart} panel={null} />
      <Figures id={chart.id} title={chart.title} className="dr-noprint dr-chart-list" />
    </>
  );
}

const hasRows = (payload: ChartPayload | undefined): boolean => (payload?.table.rows.length ?? 0) > 0;

/** The button to the figures behind a chart, where there are any. */
const Figures = memo(function Figures(props: { id: string; title: string; className?: string }) {
  const { id, title, className } = props;
  const isThere = useChartPart(id, hasRows);
  const [isListed, setListed] = useState(false);
  if (!isThere) return null;
  const button = <IconButton icon="table" label={`Figures of ${title}`} onPress={() => setListed(true)} />;
  return (
    <>
      {className === undefined ? button : <span className={className}>{button}</span>}
      {isListed && <FiguresDialog id={id} title={title} onClose={() => setListed(false)} />}
    </>
  );
});
