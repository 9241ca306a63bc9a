/** What can be dropped where: pure, from the synced rules. The overlay draws it, the "Add to…" menu lists it. */
import type {
  BlockHead,
  DropKind,
  DropRules,
  GridRow,
  Intent,
  ItemRow,
  PanelState,
  Path,
  PlaceName,
  Ref,
  TablePayload,
  Target,
  TargetKind,
} from "../sync/types";
import { tablesOf } from "../sync/items";
import { clip } from "../ui/Label";
import { placesFor } from "./adding";
import type { Dragged, DragItem } from "./store";

/** Where a target lies on screen. */
export type Anchor =
  | { at: "zone"; zone: "panel" | "new_table" | "item" | "canvas"; id: string }
  | { at: "head"; table: string; column: string; part: "before" | "middle" | "after" }
  | { at: "row"; table: string; row: string }
  | { at: "name"; table: string; row: string }
  | { at: "above"; table: string }
  | { at: "total"; table: string; row: string }
  | { at: "between"; table: string; row: string; side: "before" | "after" }
  | { at: "empty"; table: string; area: "rows" | "columns" };

export interface DropTarget {
  key: string;
  place: TargetKind | "move" | "new";
  /** What is sent; null for the move of a column, which is an intent of its own. */
  target: Target | null;
  move: { table: string; column: string; before: string | null } | null;
  /** What adds something new; null otherwise. */
  add: Intent | null;
  anchor: Anchor;
  /** The whole sentence, and the words of it that a group of targets needs in a menu. */
  phrase: string;
  where: string;
  /** The same effect as the target before it in reading order: for the pointer only. */
  twin: boolean;
}

export interface TargetsInput {
  panels: readonly PanelState[];
  payloads: Readonly<Record<string, TablePayload>>;
  rules: DropRules;
  dragged: Dragged;
  /** Ids of the selected rows by table. */
  selection: Readonly<Record<string, ReadonlySet<string>>>;
}

/** List the targets in reading order: panel by panel, in a panel its zone, then each table from its head down. */
export function targetsFor(input: TargetsInput): DropTarget[] {
  const { dragged, panels } = input;
  if (dragged.what === "new") return placesFor(panels, dragged);
  if (dragged.what === "column") return moves(input.payloads[dragged.table], dragged);
  const targets: DropTarget[] = [];
  for (const panel of panels) {
    if (panel.collapsed) continue;
    const zone = phrase(input.rules, dragged.items, "panel", panel.title);
    if (zone)
      targets.push(
        make(
          "panel",
          { on: "panel", panel: panel.id },
          { at: "zone", zone: "panel", id: panel.id },
          zone,
          panel.title,
        ),
      );
    for (const table of tablesOf(panel)) {
      const payload = input.payloads[table.id];
      if (payload && !table.collapsed) {
        targets.push(...ofTable(payload, input.rules, dragged.items, input.selection[table.id], table.title));
      }
    }
    const fresh = phrase(input.rules, dragged.items, "new_table", panel.title);
    if (fresh)
      targets.push(
        make(
          "new_table",
          { on: "new_table", panel: panel.id },
          { at: "zone", zone: "new_table", id: panel.id },
          fresh,
          panel.title,
        ),
      );
  }
  return targets;
}

function ofTable(
  payload: TablePayload,
  rules: DropRules,
  items: DragItem[],
  selected: ReadonlySet<string> | undefined,
  title: string,
): DropTarget[] {
  return [
    ...ofColumns(payload, rules, items, title),
    ...ofRows(payload, rules, items, selected ?? new Set(), title),
  ];
}

function ofColumns(payload: TablePayload, rules: DropRules, items: DragItem[], title: string): DropTarget[] {
  const targets: DropTarget[] = [];
  const table = payload.id;
  if (payload.columns.length === 0) {
    const words = phrase(rules, items, "columns", title);
    return words === null
      ? []
      : [make("columns", { on: "columns", table }, { at: "empty", table, area: "columns" }, words, title)];
  }
  const above = phrase(rules, items, "above", title);
  if (above) targets.push(make("above", { on: "above", table }, { at: "above", table }, above, title));
  payload.columns.forEach((column, index) => {
    const { id, label } = column;
    const before = phrase(rules, items, "edge", label, "before");
    if (before)
      targets.push({
        ...make(
          "edge",
          { on: "edge", table, column: id, side: "before" },
          { at: "head", table, column: id, part: "before" },
          before,
          label,
        ),
        twin: index > 0,
      });
    const middle = phrase(rules, items, "column", label);
    if (middle)
      targets.push(
        make(
          "column",
          { on: "column", table, column: id },
          { at: "head", table, column: id, part: "middle" },
          middle,
          label,
        ),
      );
    const after = phrase(rules, items, "edge", label, "after");
    if (after)
      targets.push(
        make(
          "edge",
          { on: "edge", table, column: id, side: "after" },
          { at: "head", table, column: id, part: "after" },
          after,
          label,
        ),
      );
  });
  return targets;
}

function ofRows(
  payload: TablePayload,
  rules: DropRules,
  items: DragItem[],
  selected: ReadonlySet<string>,
  title: string,
): DropTarget[] {
  const table = payload.id;
  if (payload.rowsRef === null && !payload.static) {
    const words = phrase(rules, items, "rows:empty", title);
    return words === null
      ? []
      : [make("rows", { on: "rows", table, path: [] }, { at: "empty", table, area: "rows" }, words, title)];
  }
  const targets: DropTarget[] = [];
  const all: GridRow[] = payload.total ? [payload.total, ...payload.rows] : payload.rows;
  const chosen = payload.rows.filter((row): row is ItemRow => row.type === "item" && selected.has(row.id));
  const refs: (Ref | null)[] = [];
  for (const row of all) {
    if (row.type === "total") {
      refs[row.depth] = row.ref;
      refs.length = row.depth + 1;
      targets.push(...ofName(row, rules, items, refs.slice(0, row.depth), table));
      targets.push(...ofTotal(row, rules, items, refs, payload.rows, table));
    } else {
      refs.length = row.depth + 1;
      const between = (side: "before" | "after"): DropTarget[] => ofGap(row, side, rules, items, table);
      if (row.static !== null && row.number === 1) targets.push(...between("before"));
      targets.push(...ofRow(row, rules, items, refs, chosen, table));
      if (row.static !== null) targets.push(...between("after"));
    }
  }
  return targets;
}

/** The dimension of a block can be replaced, except by itself or by one that a row above is broken down from. */
function ofName(
  head: BlockHead,
  rules: DropRules,
  items: DragItem[],
  above: (Ref | null)[],
  table: string,
): DropTarget[] {
  if (isAmong(items, [...above, head.ref])) return [];
  const words = phrase(rules, items, "rows", head.label);
  return words === null
    ? []
    : [
        make(
          "rows",
          { on: "rows", table, path: head.path },
          { at: "name", table, row: head.id },
          words,
          head.label,
        ),
      ];
}

function ofRow(
  row: ItemRow,
  rules: DropRules,
  items: DragItem[],
  refs: (Ref | null)[],
  chosen: ItemRow[],
  table: string,
): DropTarget[] {
  if (isAmong(items, refs)) return [];
  const together = chosen.length > 1 && chosen.some((each) => each.id === row.id);
  const label = together ? `${chosen.length} rows` : row.label;
  const paths: Path[] = together ? chosen.map((each) => each.path) : [row.path];
  const words = phrase(rules, items, "row", label);
  return words === null
    ? []
    : [make("row", { on: "row", table, paths }, { at: "row", table, row: row.id }, words, label)];
}

/** The body of a total breaks down every row of its block that is shown; a single one is a target itself. */
function ofTotal(
  head: BlockHead,
  rules: DropRules,
  items: DragItem[],
  refs: (Ref | null)[],
  rows: readonly GridRow[],
  table: string,
): DropTarget[] {
  const shown = rows.filter(
    (row): row is ItemRow =>
      row.type === "item" &&
      row.path.length === head.path.length + 1 &&
      head.path.every((step, index) => step === row.path[index]),
  );
  if (shown.length < 2 || isAmong(items, refs)) return [];
  const words = phrase(rules, items, "row", `all ${shown.length} rows`);
  const paths = shown.map((row) => row.path);
  return words === null
    ? []
    : [make("row", { on: "row", table, paths }, { at: "total", table, row: head.id }, words, head.label)];
}

/** Before or after a row that was put there. */
function ofGap(
  row: ItemRow,
  side: "before" | "after",
  rules: DropRules,
  items: DragItem[],
  table: string,
): DropTarget[] {
  const words = phrase(rules, items, "between", row.label, side);
  return words === null
    ? []
    : [
        make(
          "between",
          { on: "between", table, path: row.path, side },
          { at: "between", table, row: row.id, side },
          words,
          row.label,
        ),
      ];
}

/** Where a column can go: the gaps between the others, but not the two that it lies between already. */
function moves(
  payload: TablePayload | undefined,
  dragged: Extract<Dragged, { what: "column" }>,
): DropTarget[] {
  if (!payload) return [];
  const { table, column: moved } = dragged;
  const at = payload.columns.findIndex((column) => column.id === moved);
  return payload.columns.flatMap((column, index) => {
    if (index === at) return [];
    const gap = (part: "before" | "after", gapIndex: number): DropTarget[] => {
      if (gapIndex === at || gapIndex === at + 1) return [];
      const before = payload.columns[gapIndex]?.id ?? null;
      return [
        {
          key: `move:${table}:${column.id}:${part}`,
          place: "move",
          target: null,
          move: { table, column: moved, before },
          add: null,
          anchor: { at: "head", table, column: column.id, part },
          phrase: `Move ${dragged.label} ${part} ${column.label}`,
          where: column.label,
          twin: part === "before" && index > 0 && index - 1 !== at,
        },
      ];
    };
    return [...gap("before", index), ...gap("after", index + 1)];
  });
}

function make(place: TargetKind, target: Target, anchor: Anchor, words: string, where: string): DropTarget {
  return {
    key: keyOf(anchor),
    place,
    target,
    move: null,
    add: null,
    anchor,
    phrase: words,
    where,
    twin: false,
  };
}

function keyOf(anchor: Anchor): string {
  switch (anchor.at) {
    case "zone":
      return `zone:${anchor.zone}:${anchor.id}`;
    case "head":
      return `head:${anchor.table}:${anchor.column}:${anchor.part}`;
    case "empty":
      return `empty:${anchor.table}:${anchor.area}`;
    case "above":
      return `above:${anchor.table}`;
    case "between":
      return `between:${anchor.table}:${anchor.row}:${anchor.side}`;
    default:
      return `${anchor.at}:${anchor.table}:${anchor.row}`;
  }
}

/** Whether a dimension is one that the rows are broken down by already; its items can still be put there. */
function isAmong(items: DragItem[], refs: (Ref | null)[]): boolean {
  return items.some(
    ({ ref, item }) => !item && refs.some((each) => each?.kind === ref.kind && each.id === ref.id),
  );
}

export function kindOf({ ref, item }: DragItem): DropKind {
  return item ? "item" : ref.kind;
}

/** The sentence of a drop, or null where it is impossible: for one of the kinds, or for several at once. */
export function phrase(
  rules: DropRules,
  items: readonly DragItem[],
  place: PlaceName,
  label: string,
  side?: "before" | "after",
): string | null {
  if (items.length === 0) return null;
  const kinds = items.map(kindOf);
  for (const { one, without = [] } of rules.limits[place] ?? []) {
    const found = kinds.filter((kind) => one.includes(kind)).length;
    if (found > 1 || (found === 1 && kinds.some((kind) => without.includes(kind)))) return null;
  }
  const templates = kinds.map((kind) => rules.phrases[kind]?.[place]);
  const [first] = templates;
  if (first === undefined || templates.some((each) => each === undefined)) return null;
  const name =
    items.length > 2 ? `${items.length} components` : items.map((item) => item.label).join(" and ");
  const words: Record<string, string> = { name: clip(name, 80), target: clip(label, 80), side: side ?? "" };
  // A function, so that "$&" in a label stays what it is; one pass, so that "{target}" in a name does, too.
  return first.replace(/\{(name|target|side)\}/g, (_, key: string) => words[key]!);
}
