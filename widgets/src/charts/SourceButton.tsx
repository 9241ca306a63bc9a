/** Data Source Settings: which table a chart draws, and whether it keeps to cells of it. Behind the dot, or the lock,
 * in the colour of that table. */
import { memo, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { Choice, Option, SettingsFrame } from "../grid/settings/Parts";
import type { ChartPayload, Locked } from "../sync/charts";
import type { ChartState } from "../sync/items";
import { useShell } from "../sync/context";
import { Icon } from "../ui/Icon";
import { clip } from "../ui/Label";
import { type TableChoice, TableSelect, useTables } from "./SourcePicker";
import { useChartPart } from "./useChart";

const lockedOf = (payload: ChartPayload | undefined): Locked | null => payload?.locked ?? null;

export const SourceButton = memo(function SourceButton({ chart }: { chart: ChartState }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const tables = useTables();
  const locked = useChartPart(chart.id, lockedOf);
  const source = tables.find(({ id }) => id === chart.source);
  const from = source ? `${source.title}${locked ? ", locked" : ""}` : "no source";
  const color = chart.color === null ? "var(--dr-text-off)" : `var(--dr-c${chart.color})`;
  return (
    <>
      <Button
        ref={button}
        className="dr-source"
        aria-label={clip(`Data source of ${chart.title}: ${from}`)}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={() => setOpen(true)}
      >
        <span style={{ color }} title={clip(`Data source: ${from}`)}>
          {source === undefined ? (
            <Icon name="unlink" small />
          ) : locked ? (
            <Icon name="lock" small />
          ) : (
            <i className="dr-dot" aria-hidden="true" style={{ background: color }} />
          )}
        </span>
      </Button>
      {isOpen && (
        <Settings
          chart={chart}
          tables={tables}
          source={source}
          locked={locked}
          anchor={button.current!}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
});

interface SettingsProps {
  chart: ChartState;
  tables: TableChoice[];
  source: TableChoice | undefined;
  locked: Locked | null;
  anchor: HTMLElement;
  onClose: () => void;
}

function Settings({ chart, tables, source, locked, anchor, onClose }: SettingsProps) {
  const { send } = useShell();
  const lock = (next: Locked | null): void => void send({ verb: "lock_chart", chart: chart.id, lock: next });
  return (
    <SettingsFrame anchor={anchor} title="Data source" of={chart.title} onClose={onClose}>
      <h4>Table</h4>
      {tables.length === 0 ? (
        <p className="dr-hint">The report has no table to draw.</p>
      ) : (
        <TableSelect
          label={`Source of ${chart.title}`}
          value={source?.id ?? ""}
          onChange={(next) => void send({ verb: "bind_chart", chart: chart.id, table: next })}
        />
      )}
      {source && (
        <Option
          label="Show the data source"
          hint="A hidden table is still counted for what draws from it"
          on={!source.hidden}
          onChange={(on) => void send({ verb: "show_table", table: source.id, hidden: !on })}
        />
      )}
      {source && (
        <>
          <Option
            label="Lock selection"
            hint="Without a lock, the chart follows what is selected in the table"
            on={locked !== null}
            onChange={(on) => lock(on ? "items" : null)}
          />
          <div className="dr-settings-sub">
            <Choice
              name="Lock to"
              value={locked ?? "items"}
              off={locked === null}
              options={[
                ["positions", "Selected positions: these ranks, whatever stands there"],
                ["items", "Selected items: these, wherever they stand"],
              ]}
              onChange={(id) => lock(id === "positions" ? "positions" : "items")}
            />
          </div>
        </>
      )}
    </SettingsFrame>
  );
}
