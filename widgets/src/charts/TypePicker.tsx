/** What a chart is drawn as: every type with its picture. */
import { Radio, RadioGroup } from "react-aria-components";
import type { ChartType } from "../sync/charts";
import type { ChartState } from "../sync/items";
import { Icon } from "../ui/Icon";
import { CHARTS } from "../visualizations";

export function TypePicker({ chart, onPick }: { chart: ChartState; onPick: (type: ChartType) => void }) {
  return (
    <RadioGroup
      aria-label="Visualization type"
      className="dr-types"
      orientation="horizontal"
      value={chart.kind}
      onChange={(type) => onPick(type as ChartType)}
    >
      {CHARTS.map(({ type, label, icon }) => (
        <Radio key={type} value={type} aria-label={label} className="dr-type">
          <span title={label}>
            <Icon name={icon} />
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
