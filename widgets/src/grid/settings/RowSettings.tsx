/** The settings of the rows of a block: of the table, or of one breakdown. */
import type { BlockHead, Intent, RowChange, TablePayload } from "../../sync/types";
import { Choice, Option, SettingsFrame } from "./Parts";

interface RowSettingsProps {
  payload: TablePayload;
  head: BlockHead;
  anchor: HTMLElement;
  onClose: () => void;
  send: (intent: Intent) => void;
}

export function RowSettings({ payload, head, anchor, onClose, send }: RowSettingsProps) {
  const set = (change: RowChange): void =>
    send({ verb: "set_rows", table: payload.id, path: head.path, ...change });
  const of = head.parent === null ? head.label : `${head.label} of ${head.parent}`;
  return (
    <SettingsFrame anchor={anchor} title="Row settings" of={of} onClose={onClose}>
      <h4>Settings</h4>
      {head.depth === 0 && (
        <Option
          label="Align dates from each column to all start on the same row"
          hint="Applies to the entire table"
          on={payload.alignDates}
          onChange={(on) => set({ align_dates: on })}
        />
      )}
      <Option
        label="Breakdown by position"
        hint="A breakdown stays at its place in the order, whatever item stands there"
        on={head.byPosition}
        onChange={(on) => set({ by_position: on })}
      />
      <h4>Percentages</h4>
      <Choice
        name="Percentages"
        value={head.percentOf}
        options={[
          ["column", "Calculate percentages by column"],
          ["row", "Calculate percentages by row"],
        ]}
        onChange={(id) => set({ percent_of: id === "row" ? "row" : "column" })}
      />
    </SettingsFrame>
  );
}
