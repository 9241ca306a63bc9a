/** Chooses the table that a chart draws: all of the report's, hidden ones too. */
import { useId, useState } from "react";
import { Button } from "react-aria-components";
import type { ChartState } from "../sync/items";
import { tablesOf } from "../sync/items";
import { useShell } from "../sync/context";
import { Icon } from "../ui/Icon";
import { Select } from "../ui/Select";
import { clip } from "../ui/Label";

interface SourcePickerProps {
  chart: ChartState;
  canUndo: boolean;
  onUndo: () => void;
}

/** For a chart without a source. */
export function SourcePicker({ chart, canUndo, onUndo }: SourcePickerProps) {
  const { send } = useShell();
  const [table, setTable] = useState<string | null>(null);
  const tables = useTables();
  const chosen = table ?? tables[0]?.id ?? null;
  return (
    <div className="dr-source-pick">
      {chosen !== null && (
        <>
          <TableSelect label={`Source of ${chart.title}`} value={chosen} onChange={setTable} />
          <Button
            className="dr-btn dr-primary"
            onPress={() => void send({ verb: "bind_chart", chart: chart.id, table: chosen })}
          >
            Use this table
          </Button>
        </>
      )}
      {canUndo && (
        <Button className="dr-btn" onPress={onUndo}>
          <Icon name="undo" />
          Undo
        </Button>
      )}
    </div>
  );
}

export interface TableChoice {
  id: string;
  title: string;
  panel: string;
  hidden: boolean;
}

export function useTables(): TableChoice[] {
  const { panels } = useShell().state;
  return panels.flatMap((panel) =>
    tablesOf(panel).map(({ id, title, hidden }) => ({ id, title, hidden, panel: panel.title })),
  );
}

interface TableSelectProps {
  label: string;
  value: string;
  onChange: (table: string) => void;
}

export function TableSelect({ label, value, onChange }: TableSelectProps) {
  const tables = useTables();
  const id = useId();
  const several = new Set(tables.map(({ panel }) => panel)).size > 1;
  const options = tables.map((table): [string, string] => [
    table.id,
    `${clip(several ? `${table.title} – ${table.panel}` : table.title, 80)}${table.hidden ? " (hidden)" : ""}`,
  ]);
  if (tables.every((table) => table.id !== value)) options.unshift(["", "Choose a table…"]);
  return <Select id={id} aria-label={clip(label)} value={value} options={options} onChange={onChange} />;
}
