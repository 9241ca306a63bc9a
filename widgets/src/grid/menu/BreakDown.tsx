/** "Break down by…": the picker that takes the place of a row's menu. */
import type { BlockHead, ItemRow, Ref, TablePayload } from "../../sync/types";
import { headOf } from "../diff";
import { Picker } from "../Picker";
import type { ViewProps } from "./types";

export function BreakDown({ spot, onClose }: ViewProps) {
  const { row, rows, table, payload, anchor } = spot;
  if (!row) return null;
  return (
    <Picker
      anchor={anchor}
      label={`Break down ${rows.length > 1 ? `${rows.length} rows` : row.label} by`}
      kinds={["dimension", "time", "metric", "segment", "period"]}
      onClose={onClose}
      without={ancestry(payload, row)}
      target={{ on: "row", table, paths: rows.map((each) => each.path) }}
    />
  );
}

/** The dimensions of the blocks that a row lies in: it can't be broken down by them again. */
function ancestry(payload: TablePayload, row: ItemRow): (Ref | null)[] {
  const refs: (Ref | null)[] = [];
  let at: ItemRow | null = row;
  while (at) {
    const head: BlockHead | null = headOf(payload, at.id);
    refs.push(head?.ref ?? null);
    const { path }: ItemRow = at;
    at =
      payload.rows.find(
        (each): each is ItemRow =>
          each.type === "item" &&
          each.path.length === path.length - 1 &&
          each.path.every((step, index) => step === path[index]),
      ) ?? null;
  }
  return refs;
}
