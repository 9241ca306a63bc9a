/** One panel: its title, filters and period, and its tables. */
import { memo } from "react";
import { Button } from "react-aria-components";
import { PeriodControl } from "../period/PeriodControl";
import { useBase } from "../sync/context";
import type { PanelState } from "../sync/types";
import { EditableTitle } from "../ui/EditableTitle";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { Chips } from "./Chips";
import { TableItem } from "./TableItem";

interface PanelProps {
  panel: PanelState;
  hasTime: boolean;
  onUse: (panel: string) => void;
}

/** Drawn again only when something of its own changed. */
export const Panel = memo(function Panel({ panel, hasTime, onUse }: PanelProps) {
  const { send } = useBase();
  const { id, title, collapsed } = panel;
  const remove = (index: number): void => void send({ verb: "remove_filter", panel: id, index });
  return (
    <section
      className="dr-panel"
      aria-label={title}
      onFocus={() => onUse(id)}
      onPointerDown={() => onUse(id)}
    >
      <header className="dr-panel-h dr-fades">
        <IconButton
          icon={collapsed ? "right" : "down"}
          label={`${collapsed ? "Expand" : "Collapse"} ${title}`}
          isExpanded={!collapsed}
          onPress={() => void send({ verb: "collapse_panel", panel: id, collapsed: !collapsed })}
        />
        <EditableTitle
          as="h2"
          title={title}
          what="panel"
          onRename={(next) => void send({ verb: "rename_panel", panel: id, title: next })}
        />
        <span className="dr-grow" />
        <IconButton
          icon="close"
          label={`Remove ${title}`}
          onPress={() => void send({ verb: "remove_panel", panel: id })}
        />
      </header>
      {!collapsed && (
        <>
          <div className="dr-panel-bar">
            <Chips chips={panel.chips} onRemove={remove} />
            <div className="dr-dropz" data-dr-zone="panel" data-id={id}>
              Drop a segment here<span className="dr-dropz-rest">&nbsp;(or any other component)</span>
            </div>
            {hasTime && <PeriodControl panel={panel} />}
          </div>
          <div className="dr-panel-b">
            {panel.tables.map((table, index) => (
              <TableItem key={table.id} table={table} index={index} />
            ))}
            {panel.tables.length === 0 ? <EmptyPanel panel={id} /> : <MoreItems panel={id} />}
          </div>
        </>
      )}
    </section>
  );
});

function EmptyPanel({ panel }: { panel: string }) {
  const { send } = useBase();
  return (
    <div className="dr-start" data-dr-zone="new_table" data-id={panel}>
      <h3>Start with a table</h3>
      <p>Drop a dimension or a metric here, or begin with an empty table.</p>
      <Button className="dr-btn dr-primary" onPress={() => void send({ verb: "add_table", panel })}>
        <Icon name="table" />
        Add a freeform table
      </Button>
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
