/** The settings of a column: every change is a command of its own, and what it does is seen at once. */
import type { ColumnChange, ColumnState, Intent } from "../../sync/types";
import { drawFigure } from "../cells";
import { LimitFields } from "./LimitFields";
import { Choice, Option, SettingsFrame } from "./Parts";

interface ColumnSettingsProps {
  table: string;
  column: ColumnState;
  anchor: HTMLElement;
  onClose: () => void;
  send: (intent: Intent) => void;
}

export function ColumnSettings({ table, column, anchor, onClose, send }: ColumnSettingsProps) {
  const { settings } = column;
  const set = (change: ColumnChange): void =>
    send({ verb: "set_column", table, column: column.id, ...change });
  const colours = settings.background === "colors";
  return (
    <SettingsFrame anchor={anchor} beside title="Column settings" of={column.label} onClose={onClose}>
      <h4>Total cells</h4>
      <Option label="Show totals" on={settings.totals} onChange={(totals) => set({ totals })} />
      <h4>Display in table cells</h4>
      <Option label="Number" on={settings.number} onChange={(number) => set({ number })} />
      <Option label="Percent" on={settings.percent} onChange={(percent) => set({ percent })} />
      <Option label="Wrap header text" on={settings.wrap} onChange={(wrap) => set({ wrap })} />
      <Option
        label="Interpret zero as no value"
        on={settings.blankZero}
        onChange={(on) => set({ blank_zero: on })}
      />
      {settings.variants.map(({ id, label, description }) => (
        <Option
          key={id}
          label={label}
          hint={description}
          on={settings.variant === id}
          onChange={(on) => set({ variant: on ? id : null })}
        />
      ))}
      <Option
        label="Background"
        on={settings.background !== "off"}
        onChange={(on) => set({ background: on ? "bar" : "off" })}
      />
      <div className="dr-settings-sub">
        <Choice
          name="Background"
          value={colours ? "colors" : "bar"}
          off={settings.background === "off"}
          options={[
            ["bar", "Bar graph"],
            ["colors", "Conditional formatting"],
          ]}
          onChange={(id) => set({ background: id === "colors" ? "colors" : "bar" })}
        />
        {colours && <LimitFields settings={settings} set={set} />}
      </div>
      <div className="dr-settings-foot">
        <h4>Table cell preview</h4>
        <Preview column={column} />
      </div>
    </SettingsFrame>
  );
}

/** A cell as the options draw it, with the same code as the table's own. */
function Preview({ column: { settings } }: { column: ColumnState }) {
  const draw = (node: HTMLElement | null): void => {
    if (!node) return;
    drawFigure(
      node,
      {
        text: settings.number ? "344,235" : "",
        percent: settings.percent ? "68.0%" : null,
        bar: settings.background === "bar" ? 0.68 : null,
        heat: settings.background === "colors" ? 0.68 : null,
        reason: null,
        tip: null,
      },
      0,
    );
  };
  return (
    <div className="dr-settings-preview" role="img" aria-label="344,235, 68.0%">
      <div ref={draw} />
    </div>
  );
}
