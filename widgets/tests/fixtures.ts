/** Small payloads to test with: a table of cities with one row broken down by carrier. */
import type {
  BlockHead,
  ColumnState,
  DropRules,
  ItemRow,
  PanelState,
  Settings,
  TablePayload,
  TableState,
} from "../src/sync/types";

export const RULES: DropRules = {
  phrases: {
    dimension: {
      "rows:empty": "Show {name} in the rows",
      rows: "Replace {target} with {name}",
      row: "Break down {target} by {name}",
      panel: "Keep only records with a value of {name}",
      new_table: "Add a table of {name} to {target}",
    },
    metric: {
      columns: "Add {name} as a column",
      edge: "Add {name} {side} {target}",
      column: "Replace {target} with {name}",
    },
    segment: {
      column: "Filter {target} by {name}",
      panel: "Filter {target} by {name}",
      row: "Break down {target} by {name}",
      between: "Add {name} {side} {target}",
      above: "Stack {name} above the columns of {target}",
    },
    item: { panel: "Filter {target} by {name}" },
  },
  limits: {
    "rows:empty": [{ one: ["dimension", "time"], without: ["metric", "segment", "period", "item"] }],
    rows: [{ one: ["dimension", "time"], without: ["metric", "segment", "period", "item"] }],
    row: [{ one: ["dimension", "time"], without: ["metric", "segment", "period", "item"] }],
    column: [{ one: ["metric"] }, { one: ["period"] }],
    panel: [{ one: ["period"] }],
    new_table: [{ one: ["dimension", "time"] }],
  },
};

export const SETTINGS: Settings = {
  totals: true,
  number: true,
  percent: true,
  background: "bar",
  wrap: true,
  blankZero: false,
  percentLimits: false,
  variants: [],
  variant: null,
  limits: null,
  auto: null,
  unit: "",
};

export function column(id: string, label = id, more: Partial<ColumnState> = {}): ColumnState {
  return {
    id,
    label,
    missing: false,
    detail: null,
    kind: "metric",
    tip: "",
    formula: null,
    sort: null,
    filters: [],
    compared: null,
    width: null,
    settings: SETTINGS,
    pending: false,
    ...more,
  };
}

export function item(path: (string | null)[], more: Partial<ItemRow> = {}): ItemRow {
  const label = path.at(-1) ?? "N/A";
  return {
    type: "item",
    id: path.join("/"),
    depth: path.length - 1,
    path,
    number: 1,
    label,
    caption: null,
    missing: path.at(-1) === null,
    open: null,
    cells: [
      { text: "12", percent: "10.0%", bar: 0.1, heat: null, reason: null, tip: null },
      { text: "3.5%", percent: null, bar: null, heat: null, reason: null, tip: null },
    ],
    static: null,
    ...more,
  };
}

export function head(path: string[], label: string, id: string, more: Partial<BlockHead> = {}): BlockHead {
  const total = {
    text: "120",
    outOf: "out of 200",
    series: [1, null, 3],
    first: "May 1",
    last: "May 3",
    reason: null,
  };
  return {
    type: "total",
    id: `${path.join("/")}:head`,
    depth: path.length,
    path,
    parent: path.at(-1) ?? null,
    label,
    ref: { kind: "dimension", id },
    note: null,
    page: 1,
    pages: 3,
    limit: 5,
    from: 1,
    to: 5,
    count: 12,
    counted: "12",
    search: "",
    includeMissing: true,
    hasMissing: true,
    percentOf: "column",
    byPosition: false,
    searchable: true,
    kept: { rules: [], joined: "all", ruled: "", only: "" },
    cells: [total, total],
    static: false,
    ...more,
  };
}

export function tableState(id: string, title: string, more: Partial<TableState> = {}): TableState {
  const box = { x: 0, y: 0, w: 12, h: 8 };
  return { type: "table", id, title, collapsed: false, box, natural: true, color: 1, hidden: false, ...more };
}

export function table(more: Partial<TablePayload> = {}): TablePayload {
  return {
    id: "t1",
    revision: 1,
    status: "ready",
    stale: false,
    progress: null,
    error: null,
    rowsRef: { kind: "dimension", id: "city" },
    static: false,
    columns: [column("c1", "Flights", { sort: "desc" }), column("c2", "Delay rate")],
    labelWidth: null,
    alignDates: true,
    total: head([], "City", "city"),
    rows: [
      item(["Paris"], { open: true }),
      head(["Paris"], "Carrier", "carrier"),
      item(["Paris", "AF"]),
      item(["Paris", "LH"], { number: 2 }),
      item(["Lyon"], { number: 2 }),
      item([null], { number: 3 }),
    ],
    ...more,
  };
}

export function empty(): TablePayload {
  return table({ rowsRef: null, columns: [], total: null, rows: [] });
}

export function panel(more: Partial<PanelState> = {}): PanelState {
  const period = {
    label: "All dates",
    detail: "",
    days: "",
    value: null,
    start: null,
    end: null,
    tomorrow: null,
  };
  return {
    id: "p1",
    title: "Overview",
    collapsed: false,
    chips: [],
    period,
    items: [tableState("t1", "Cities")],
    ...more,
  };
}
