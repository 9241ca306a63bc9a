/** The contract between Python and the browser: what is synced, and what is sent.
 *
 * Python owns all of it; what only the screen needs lives in React state. Its twin: dynreports/views/payload.py.
 */
import type { HomeIntent, SavedReport } from "./home";
import type { PublicationAnswers, PublicationQuestion, PublishIntent, Reading } from "./publishing";
import type { BuilderAnswers, BuilderIntent, BuilderQuestion } from "./building";
import type { FileIntent, VersionAnswers, VersionQuestion } from "./versions";
import type { GestureCost, ItemsAnswer } from "./answers";
import type { ChartAnswers, ChartIntent, ChartQuestion } from "./charts";
import type { Chip, ItemState, PanelChip } from "./items";
import type { ColumnChange, RowChange } from "./rules";
import type { Kept, SearchIntent } from "./search";
export type { GestureCost } from "./answers";
export type { Condition, FieldInfo, MetricDraft, MetricPreview, SegmentDraft } from "./building";
export type { SavedReport } from "./home";
export type { ColumnChange, DropKind, DropRules, PlaceName, RowChange } from "./rules";
export type { Box, Chip, ItemState, TableState } from "./items";
export type Kind = "dimension" | "metric" | "segment" | "time" | "period";
export type Item = string | number | boolean | null;
export type Path = Item[];
export interface Ref {
  kind: Kind;
  id: string;
}

/** One entry of the rail. `group` nests it (Profile). `description`: its definition in words. */
export interface Component extends Ref {
  label: string;
  description: string;
  formula: string | null;
  group: string | null;
}

export interface PeriodState {
  /** Name of the preset, "All dates" or "Custom"; the exact bounds in words, end not included. */
  label: string;
  detail: string;
  /** The days in words, the last one included ("May 16 – Jun 14"). */
  days: string;
  /** The stored period (null: all dates), and what it resolves to now: local ISO date-times, end not included. */
  value: PeriodValue | null;
  start: string | null;
  end: string | null;
  /** For a rolling period, what it will read tomorrow ("May 17 – Jun 15"). */
  tomorrow: string | null;
}
export type TimeUnit = "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";
export interface Bound {
  edge: "start" | "end";
  unit: TimeUnit;
  offset: number;
  offset_unit: TimeUnit;
}
export type PeriodValue =
  | { type: "fixed"; start: string; end: string }
  | { type: "rolling"; start: Bound; end: Bound }
  | { type: "preset"; id: string };
/** A preset as the period pop-over lists it; start and end resolved today; bounds as rolling ends. */
export interface PresetState {
  id: string;
  label: string;
  group: string;
  start: string;
  end: string;
  bounds: { start: Bound; end: Bound };
}

export interface PanelState {
  id: string;
  title: string;
  collapsed: boolean;
  chips: PanelChip[];
  period: PeriodState;
  items: ItemState[];
}

export interface ShellState {
  title: string;
  locale: string; // as in which language numbers are written
  /** Name of the saved report (null: never saved), the template that it still is, the title of a copy. */
  name: string | null;
  template: string | null;
  suggested: string;
  unsaved: boolean;
  /** Read-only page (no rail, toolbar, drop targets); whether the records behind figures may be seen. */
  page: boolean;
  /** For readers of a published report; null: for its authors. */
  reading: Reading | null;
  records: boolean;
  canUndo: boolean;
  canRedo: boolean;
  undoLabel: string | null;
  redoLabel: string | null;
  /** "Data until Jun 14, 9:40 PM", and what is incomplete; null without a time column. */
  fresh: string | null;
  timezone: string;
  hasTime: boolean;
  today: string; // local ISO date in the dataset's zone
  /** The table that is worked on: the last one touched, or the first; null: there is none. */
  table: string | null;
  /** Keys ("metric:id") of the components that the report itself adds: they can be changed. */
  own: string[];
  /** Keys of those in the catalog of the data, and the name of that file. */
  shared: string[];
  catalogFile: string;
  panels: PanelState[];
  /** The number in the last id that was given to something in the report. */
  lastId: number;
  /** What was ignored or assumed when the data was read, in sentences. */
  notes: string[];
}

/* ---- the grid: one payload per table, a synced trait of the table's own grid model ---- */
export interface TablePayload {
  id: string;
  /** Grows with every new result. */
  revision: number;
  status: "ready" | "loading" | "stopped" | "error";
  /** The figures are those of before the last gesture. */
  stale: boolean;
  /** How many steps of the work are done; null: none, or all of them. */
  progress: { done: number; of: number } | null;
  error: { title: string; message: string; details: string } | null;
  /** Rows are null while no dimension was dropped: unless they are `static`, the body is then a drop target. */
  rowsRef: Ref | null;
  /** Rows that were put there, not found in the data. */
  static: boolean;
  columns: ColumnState[];
  /** Set by hand, in pixels; null: what the figures leave. */
  labelWidth: number | null;
  alignDates: boolean;
  total: BlockHead | null;
  rows: GridRow[];
}
/** What percentages are of: the column's total, or the sum of the row's counts. */
export type PercentOf = "column" | "row";
export type Background = "off" | "bar" | "colors";
export interface Variant {
  id: string;
  label: string;
  description: string;
}
/** How a column is shown, and what its settings offer. */
export interface Settings {
  totals: boolean;
  number: boolean;
  percent: boolean;
  background: Background;
  wrap: boolean;
  blankZero: boolean;
  percentLimits: boolean;
  /** Other ways to count the metric, and the one that is chosen. */
  variants: Variant[];
  variant: string | null;
  /** Upper, middle, lower as typed (a middle of null: halfway), and those found by themselves, as text. */
  limits: [number, number | null, number] | null;
  auto: [string, string, string] | null;
  /** What limits are in: "%" or nothing. */
  unit: string;
}
export interface ColumnState {
  id: string;
  label: string;
  /** The data does not have the metric any more. */
  missing: boolean;
  detail: string | null;
  kind: Kind;
  tip: string;
  formula: string | null;
  sort: "asc" | "desc" | null;
  filters: Chip[];
  /** How the column compares two periods ("difference, previous period"); null: it does not. */
  compared: string | null;
  /** Set by hand, in pixels; null: what the figures need. */
  width: number | null;
  settings: Settings;
  /** Its figures are yet to come. */
  pending: boolean;
}
/** Head of a block: the pinned total row (path [], depth 0) or the total of a breakdown. */
export interface BlockHead {
  type: "total";
  id: string;
  depth: number;
  path: Path;
  parent: string | null;
  label: string;
  ref: Ref | null;
  note: string | null;
  page: number;
  pages: number;
  limit: number;
  from: number;
  to: number;
  count: number;
  counted: string; // as the report writes numbers
  search: string;
  includeMissing: boolean;
  /** Whether there are records without a value, in the rows or left out. */
  hasMissing: boolean;
  searchable: boolean;
  kept: Kept;
  percentOf: PercentOf;
  byPosition: boolean;
  cells: TotalCell[];
  static: boolean;
}
export interface TotalCell {
  text: string;
  outOf: string | null;
  /** One point per bucket over the period, gaps are null; null: no time column or nothing to draw. */
  series: (number | null)[] | null;
  first: string | null;
  last: string | null;
  reason: Cell["reason"];
  exact?: Cell["exact"];
}
export interface ItemRow {
  type: "item";
  id: string;
  depth: number;
  path: Path;
  number: number;
  label: string;
  caption: string | null;
  missing: boolean;
  /** true / false: has a breakdown that is open / closed; null: none. */
  open: boolean | null;
  cells: Cell[];
  /** Of which kind a row is that was put there; null: an item of the data. */
  static: Kind | null;
}
export interface Cell {
  text: string;
  percent: string | null;
  /** Part of the column's total, 0 to 1. */
  bar: number | null;
  /** Why there can be no figure here; null: there is one. */
  reason: string | null;
  /** Where the figure lies between the limits of colours: -1 low, 0 in the middle, 1 high. */
  heat: number | null;
  /** Why there is no figure, or which one it is. Exact: all its digits, to be copied; null: the text has them. */
  tip: string | null;
  exact?: string | null;
}
export type GridRow = ItemRow | BlockHead;

/* ---- what is sent: commands, decoded in Python by dynreports/project/commands.py ---- */
export type Target =
  | { on: "rows"; table: string; path: Path }
  | { on: "columns"; table: string }
  | { on: "edge"; table: string; column: string; side: "before" | "after" }
  | { on: "column"; table: string; column: string }
  | { on: "row"; table: string; paths: Path[] }
  | { on: "panel"; panel: string }
  | { on: "new_table"; panel: string }
  | { on: "above"; table: string }
  | { on: "between"; table: string; path: Path; side: "before" | "after" };
export type TargetKind = Target["on"];
export interface ItemOf {
  by: Ref;
  item: Item;
}
export type ShiftName = "previous-period" | "same-period-last-year";
/** Another period: one of its own, or the column's moved back. */
export type OtherPeriod = { type: "period"; period: PeriodValue } | { type: "shift"; shift: ShiftName };

export type Intent =
  | { verb: "drop"; components: Ref[]; target: Target; items?: ItemOf[] }
  | { verb: "add_panel"; table: boolean }
  | { verb: "remove_panel"; panel: string }
  | { verb: "rename_panel"; panel: string; title: string }
  | { verb: "collapse_panel"; panel: string; collapsed: boolean }
  | { verb: "move_panel"; panel: string; before: string | null }
  | { verb: "duplicate_panel"; panel: string }
  | { verb: "place_item"; item: string; x: number; y: number; w: number; h: number | null }
  | { verb: "move_item"; item: string; panel: string; x?: number; y?: number }
  | { verb: "duplicate_item"; item: string }
  | { verb: "set_period"; panel: string | null; period: PeriodValue | null }
  | { verb: "remove_filter"; panel: string; index: number }
  | { verb: "add_table"; panel: string }
  | { verb: "remove_item"; item: string }
  | { verb: "rename_item"; item: string; title: string }
  | { verb: "collapse_item"; item: string; collapsed: boolean }
  | { verb: "remove_column"; table: string; column: string }
  | { verb: "remove_column_filter"; table: string; column: string; index: number }
  | { verb: "remove_level"; table: string; columns: string[]; index: number }
  | { verb: "add_period_column"; table: string; column: string; over: OtherPeriod }
  | { verb: "compare_column"; table: string; column: string; to: OtherPeriod }
  | { verb: "remove_row"; table: string; path: Path }
  | { verb: "move_column"; table: string; column: string; before: string | null }
  | ({ verb: "set_column"; table: string; column: string } & ColumnChange)
  | { verb: "set_width"; table: string; column: string | null; width: number | null }
  | ({ verb: "set_rows"; table: string; path: Path } & RowChange)
  | { verb: "sort"; table: string; column: string | null; descending: boolean }
  | { verb: "set_limit"; table: string; path: Path; limit: number }
  | SearchIntent
  | { verb: "collapse_breakdown"; table: string; path: Path; collapsed: boolean }
  | { verb: "remove_breakdown"; table: string; path: Path }
  | { verb: "rename_project"; title: string }
  | { verb: "set_locale"; locale: string }
  | BuilderIntent
  | PublishIntent
  | ChartIntent
  | { verb: "clear" }
  // of the session, not of the document
  | { verb: "undo" }
  | { verb: "redo" }
  | { verb: "refresh" }
  | { verb: "page"; table: string; path: Path; page: number }
  | { verb: "use_table"; table: string }
  | { verb: "stop"; table: string }
  | { verb: "count"; table: string }
  | FileIntent
  | { verb: "forget_usage" };

/* ---- what is asked without changing anything, decoded by dynreports/workspace/questions.py ---- */
export type CodeForm = "pandas" | "python" | "definitions";
export interface CodeAnswer {
  title: string;
  /** Pairs (kind, text) that joined are the source. */
  tokens: [kind: "kw" | "st" | "nu" | "cm" | "", text: string][];
  /** The source as a cell of its own, which shows its result. */
  cell: string;
  definitions: { kind: Kind; label: string; words: string; formula: string }[];
}
/** Which figure of a table: of the row at `path`, or of the block under it. */
export interface CellAddress {
  table: string;
  path: Path;
  column: string;
  place: "row" | "total" | "out_of";
}
/** The whole figure, a side of a ratio, or (from 1) one of the counts that it is made of. */
export type Part = "all" | "numerator" | "denominator" | number;
export type Question =
  | { verb: "code"; table: string; form: CodeForm }
  | { verb: "items"; by: Ref; text: string; panel: string | null }
  | { verb: "adds_up"; table: string }
  | { verb: "why"; table: string; path: Path; column: string }
  | ({ verb: "explain" } & CellAddress)
  | ({ verb: "records" } & CellAddress & RecordsOrder & { page: number; limit: number })
  | ({ verb: "records_file" } & CellAddress & RecordsOrder & { start: number })
  | { verb: "performance" }
  | BuilderQuestion
  | PublicationQuestion
  | VersionQuestion
  | ChartQuestion;
export interface RecordsOrder {
  part: Part;
  sort: string | null;
  descending: boolean;
}
/** What each question is answered with. */
export interface Answers extends BuilderAnswers, ChartAnswers, PublicationAnswers, VersionAnswers {
  code: CodeAnswer;
  /** Columns whose rows don't add up to the total, by the id of the head of their block. */
  adds_up: { marks: Record<string, string[]> };
  why: { sentence: string };
  /** Terms, and what is said of each. */
  explain: { lines: [string, string][] };
  records: {
    fields: string[];
    time: string | null;
    rows: string[][];
    count: number;
    said: string;
    parts: { part: Part; label: string }[];
  };
  /** A piece of a CSV file, and where the next one starts. */
  records_file: { text: string; next: number | null; count: number };
  performance: { gestures: GestureCost[] };
  items: ItemsAnswer;
}

/** Sent as custom messages. Every intent is answered; `error` is shown and nothing was changed. */
export type Message = IntentMessage | { type: "charts"; id: number };
export interface IntentMessage {
  type: "intent";
  id: number;
  intent: Intent | Question | HomeIntent;
}
export interface Reply {
  type: "reply";
  id: number;
  ok: boolean;
  error: {
    title: string;
    message: string;
    code: "refused" | "conflict" | "exists" | "stopped" | "error";
  } | null;
  /** What to say in the live region ("Broke down Paris by Carrier. 5 rows."). */
  say: string | null;
  data?: unknown; // the answer to a question
  /** Answer to "export" and "charts": the content follows as the message's only buffer, gzipped. */
  file?: { name: string; type: string };
  content?: DataView;
  reports?: SavedReport[]; // answer to "reports"
}
