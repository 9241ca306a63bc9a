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
  const places: Place[] = [...columns.keys()];
  if (intent.verb === "move_column") {
    const [from, to] = [intent.column, intent.before].map((id) =>
      columns.findIndex((each) => each.id === id),
    );
    if (from === -1 || (intent.before !== null && to === -1)) return null;
    const left = places.filter((place) => place !== from);
    left.splice(intent.before === null ? left.length : left.indexOf(to!), 0, from!);
    return intent.before === intent.column ? null : left;
  }
  if (intent.verb !== "drop" || intent.items || !intent.components.every(({ kind }) => kind === "metric"))
    return null;
  const { target, components } = intent;
  if (target.on !== "edge" && target.on !== "column") return null;
  const at = columns.findIndex((each) => each.id === target.column);
  const made = components.map((ref, index) => columnOf(ref, columns[at]!, known, index));
  if (at === -1 || made.includes(null)) return null;
  const heads = made as ColumnState[];
  if (target.on === "edge") places.splice(at + (target.side === "after" ? 1 : 0), 0, ...heads);
  else if (heads.length === 1) places[at] = { ...columns[at]!, ...renamed(heads[0]!) };
  else return null;
  return places;
}

function columnOf(
  ref: Ref,
  beside: ColumnState | undefined,
  known: Known,
  index: number,
): ColumnState | null {
  const metric = known.catalog.find(({ kind, id }) => kind === ref.kind && id === ref.id);
  if (!metric || !beside) return null;
  return {
    ...beside,
    id: `c${known.lastId + 1 + index}`,
    label: metric.label,
    tip: metric.description,
    formula: metric.formula,
    missing: false,
    detail: null,
    sort: null,
    filters: [],
    compared: null,
    width: null,
    pending: true,
  };
}

/** The head of another metric in the place of a column: what stands over it stays. */
function renamed({ label, tip, formula }: ColumnState): Partial<ColumnState> {
  return { label, tip, formula, missing: false, pending: true };
}
