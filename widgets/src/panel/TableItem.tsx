/** A freeform table in its panel. */
import { memo } from "react";
import { useCode } from "../code";
import { GridHost } from "../grid";
import { useBase } from "../sync/context";
import type { ItemState, TableState } from "../sync/types";
import { IconButton } from "../ui/IconButton";
import { ItemFrame } from "./ItemFrame";

export const TableItem = memo(function TableItem({
  table,
  items,
}: {
  table: TableState;
  items: readonly ItemState[];
}) {
  const { model, grids } = useBase();
  const code = useCode();
  const { id, title, color } = table;
  return (
    <ItemFrame
      item={table}
      items={items}
      mark={<i className="dr-dot" aria-hidden="true" style={{ background: `var(--dr-c${color})` }} />}
      tools={<IconButton icon="code" label={`Code of ${title}`} onPress={() => code.open(id)} />}
    >
      <GridHost model={model} modelId={grids[id]} table={table} page={false} />
    </ItemFrame>
  );
});
