/** One panel: its head, filters and period, and its items in a grid of twelve columns. */
import { memo, useMemo } from "react";
import { Button } from "react-aria-components";
import { useBuilder } from "../builder";
import { ChartItem } from "../charts/ChartItem";
import { PeriodControl } from "../period/PeriodControl";
import { useBase } from "../sync/context";
import { isShown } from "../sync/items";
import type { ItemState, PanelState } from "../sync/types";
import { VISUALIZATIONS } from "../visualizations";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { Chips } from "./Chips";
import { PanelHead } from "./PanelHead";
import { TableItem } from "./TableItem";
import { TextItem } from "./TextItem";

interface PanelProps {
  panel: PanelState;
  hasTime: boolean;
  /** Where the Insert menu puts things; said only where there are several panels. */
  isCurrent: boolean;
  onUse: (panel: string) => void;
}

/** Drawn again only when something of its own changed. */
export const Panel = memo(function Panel({ panel, hasTime, isCurrent, onUse }: PanelProps) {
  const { send } = useBase();
  const builder = useBuilder();
  const { id, title, collapsed } = panel;
  const shown = useMemo(() => panel.items.filter(isShown), [panel.items]);
  const remove = (index: number): void => void send({ verb: "remove_filter", panel: id, index });
  return (
    <section
      className="dr-panel"
      aria-label={title}
      aria-current={isCurrent || undefined}
      data-panel={id}
      onFocus={() => onUse(id)}
      onPointerDown={() => onUse(id)}
    >
      <PanelHead panel={panel} />
      {!collapsed && (
        <>
          <div className="dr-panel-bar">
            <Chips chips={panel.chips} onRemove={remove} onEdit={builder.edit} />
            <div className="dr-dropz" data-dr-zone="panel" data-id={id}>
              Drop a segment here<span className="dr-dropz-rest">&nbsp;(or any other component)</span>
            </div>
            <IconButton
              icon="funnel"
              label={`Filter ${title} by rules…`}
              onPress={() => builder.filter(panel)}
            />
            {hasTime && <PeriodControl panel={panel} />}
          </div>
          <div className="dr-panel-b">
            {shown.map((item) => (
              <Item key={item.id} item={item} items={shown} panel={id} />
            ))}
            {shown.length === 0 ? <EmptyPanel panel={id} /> : <MoreItems panel={id} />}
          </div>
        </>
      )}
    </section>
  );
});

interface ItemProps {
  item: ItemState;
  items: readonly ItemState[];
  panel: string;
}

function Item({ item, items, panel }: ItemProps) {
  switch (item.type) {
    case "table":
      return <TableItem table={item} items={items} />;
    case "chart":
      return <ChartItem chart={item} items={items} panel={panel} />;
    case "text":
      return <TextItem text={item} items={items} />;
  }
}

function EmptyPanel({ panel }: { panel: string }) {
  const { send } = useBase();
  const [first, ...others] = VISUALIZATIONS;
  return (
    <div className="dr-start" data-dr-zone="new_table" data-id={panel}>
      <h3>Start with a table</h3>
      <p>Drop a dimension or a metric here, or begin with an empty table.</p>
      <Button className="dr-btn dr-primary" onPress={() => void send(first!.add(panel))}>
        <Icon name={first!.icon} />
        Add a freeform table
      </Button>
      {others.length > 0 && (
        <div className="dr-vis-grid">
          {others.map((each) => (
            <Button key={each.id} className="dr-vis" onPress={() => void send(each.add(panel))}>
              <Icon name={each.icon} />
              {each.label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function MoreItems({ panel }: { panel: string }) {
  const { send } = useBase();
  return (
    <div className="dr-more-items" data-dr-zone="new_table" data-id={panel}>
      <Button className="dr-btn dr-quiet" onPress={() => void send({ verb: "add_table", panel })}>
        <Icon name="plus" />
        Add a freeform table
      </Button>
    </div>
  );
}
