/** A freeform table in its panel: title and tools around the grid. */
import { useCode } from "../code";
import { GridHost } from "../grid";
import { memo } from "react";
import { useBase } from "../sync/context";
import type { TableState } from "../sync/types";
import { EditableTitle } from "../ui/EditableTitle";
import { IconButton } from "../ui/IconButton";

const SERIES = 7;

export const TableItem = memo(function TableItem({ table, index }: { table: TableState; index: number }) {
  const { model, grids, send } = useBase();
  const code = useCode();
  const { id, title, collapsed } = table;
  return (
    <section className="dr-item" aria-label={title}>
      <header className="dr-item-h dr-fades">
        <span
          className="dr-dot"
          aria-hidden="true"
          style={{ background: `var(--dr-c${(index % SERIES) + 1})` }}
        />
        <EditableTitle
          as="h3"
          title={title}
          what="table"
          onRename={(next) => void send({ verb: "rename_table", table: id, title: next })}
        />
        <span className="dr-item-tools">
          <IconButton icon="code" label={`Code of ${title}`} onPress={() => code.open(id)} />
          <IconButton
            icon={collapsed ? "right" : "down"}
            label={`${collapsed ? "Expand" : "Collapse"} ${title}`}
            isExpanded={!collapsed}
            onPress={() => void send({ verb: "collapse_table", table: id, collapsed: !collapsed })}
          />
          <IconButton
            icon="close"
            label={`Remove ${title}`}
            onPress={() => void send({ verb: "remove_table", table: id })}
          />
        </span>
      </header>
      {!collapsed && <GridHost model={model} modelId={grids[id]} table={table} page={false} />}
    </section>
  );
});
