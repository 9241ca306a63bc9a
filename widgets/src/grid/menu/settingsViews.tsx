/** Settings that are opened from a menu, in its place. */
import { useDrop } from "../../drop/context";
import { ColumnSettings } from "../settings/ColumnSettings";
import { RowSettings } from "../settings/RowSettings";
import { findRow } from "../diff";
import type { Entry, ViewProps } from "./types";

export function ColumnSettingsView({ spot, onClose }: ViewProps) {
  const { send } = useDrop();
  const column = spot.payload.columns.find((each) => each.id === spot.column?.id);
  return column ? (
    <ColumnSettings
      table={spot.table}
      anchor={spot.anchor}
      column={column}
      onClose={onClose}
      send={(intent) => void send(intent)}
    />
  ) : null;
}

function RowSettingsView({ spot, onClose }: ViewProps) {
  const { send } = useDrop();
  const head = findRow(spot.payload, spot.head?.id ?? "");
  return head?.type === "total" ? (
    <RowSettings
      payload={spot.payload}
      head={head}
      anchor={spot.anchor}
      onClose={onClose}
      send={(intent) => void send(intent)}
    />
  ) : null;
}

/** What the menu of a total row offers. */
export const totalEntries: readonly Entry[] = [
  {
    id: "row-settings",
    on: ["total"],
    group: 30,
    when: ({ head }) => head?.ref != null,
    label: () => "Row settings…",
    run: (_, { open }) => open(RowSettingsView),
  },
  {
    id: "remove-this-breakdown",
    on: ["total"],
    group: 40,
    when: ({ head }) => head !== null && head.depth > 0,
    label: () => "Remove breakdown",
    run: (spot, { ask }) => ask({ verb: "remove_breakdown", table: spot.table, path: spot.head?.path ?? [] }),
  },
];
