/** What a table will look like after a gesture, before Python has answered: pure.
 *
 * Heads only. A figure stays where its column stays, and a column that is new or means something else has none
 * until it comes: nothing is computed here.
 */
import type { Cell, ColumnState, Component, Intent, Ref, TablePayload, TotalCell } from "../sync/types";

/** What is known of the report around the table. */
export interface Known {
  catalog: readonly Component[];
  /** The number of the last id that was given away: new columns go on from there. */
  lastId: number;
}
/** What a new column does not take over from the one beside it. */
const PLAIN = {
  detail: null,
  sort: null,
  filters: [],
  compared: null,
  width: null,
} satisfies Partial<ColumnState>;
/** A column that is there already, by its position, or another one. */
type Place = number | ColumnState;

const NO_FIGURE: Cell = { text: "", percent: null, bar: null, reason: null, heat: null, tip: null };
const NO_TOTAL: TotalCell = { text: "", outOf: null, series: null, first: null, last: null, reason: null };

/** Return the table with its columns as they will be; null: that can't be told, or nothing changes. */
export function foreseen(payload: TablePayload, intent: Intent, known: Known): TablePayload | null {
  if (payload.status !== "ready" || payload.columns.length === 0) return null;
  const places = placesAfter(payload.columns, intent, known);
  if (places === null || places.every((place, index) => place === index)) return null;
  const cells = <C>(old: readonly C[], none: C): C[] =>
    places.map((place) => (typeof place === "number" ? old[place]! : none));
  const { total } = payload;
  return {
    ...payload,
    columns: places.map((place) => (typeof place === "number" ? payload.columns[place]! : place)),
    total: total && { ...total, cells: cells(total.cells, NO_TOTAL) },
    rows: payload.rows.map((row) =>
      row.type === "item"
        ? { ...row, cells: cells(row.cells, NO_FIGURE) }
        : { ...row, cells: cells(row.cells, NO_TOTAL) },
    ),
  };
}

function placesAfter(columns: readonly ColumnState[], intent: Intent, known: Known): Place[] | null {
  if (intent.verb === "move_column") return moved(columns, intent.column, intent.before);
  if (intent.verb !== "drop" || intent.items) return null;
  const { target, components } = intent;
  if (target.on !== "edge" && target.on !== "column") return null;
  const at = columns.findIndex((each) => each.id === target.column);
  const heads = components.flatMap((ref) => headOf(ref, known) ?? []);
  if (at === -1 || heads.length < components.length) return null;
  const beside = columns[at]!;
  const places: Place[] = [...columns.keys()];
  if (target.on === "edge") {
    const made = heads.map((head, index) => ({
      ...beside,
      ...PLAIN,
      ...head,
      id: `c${known.lastId + 1 + index}`,
    }));
    places.splice(at + (target.side === "after" ? 1 : 0), 0, ...made);
  } else if (heads.length === 1) {
    // What stands over it stays.
    places[at] = { ...beside, ...heads[0] };
  } else return null;
  return places;
}

function moved(columns: readonly ColumnState[], column: string, before: string | null): Place[] | null {
  const [from, to] = [column, before].map((id) => columns.findIndex((each) => each.id === id));
  if (column === before || from === -1 || (before !== null && to === -1)) return null;
  const left = [...columns.keys()].filter((place) => place !== from);
  left.splice(before === null ? left.length : left.indexOf(to!), 0, from!);
  return left;
}

/** What a metric alone says of the head of its column; null: it is none, or not known here. */
function headOf(ref: Ref, { catalog }: Known) {
  const metric = catalog.find(({ kind, id }) => kind === "metric" && kind === ref.kind && id === ref.id);
  if (!metric) return null;
  const { label, description: tip, formula } = metric;
  return { label, tip, formula, missing: false, pending: true } satisfies Partial<ColumnState>;
}
