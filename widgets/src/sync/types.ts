/** The contract between Python and the browser: what is synced, and what is sent.
 *
 * Python owns all of it; what only the screen needs lives in React state. Its twins are
 * dynreports/views/state.py and, for tables (table.ts), dynreports/views/payload.py.
 */
import type { HomeIntent, SavedReport } from "./home";
import type { PublicationAnswers, PublicationQuestion, PublishIntent, Reading } from "./publishing";
import type { BuilderAnswers, BuilderIntent, BuilderQuestion } from "./building";
import type { FileIntent, VersionAnswers, VersionQuestion } from "./versions";
import type { GestureCost, ItemsAnswer } from "./answers";
import type { ChartAnswers, ChartIntent, ChartQuestion } from "./charts";
import type { ItemState, PanelChip } from "./items";
import type { ColumnChange, RowChange } from "./rules";
import type { SearchIntent } from "./search";
export type { GestureCost } from "./answers";
export type { Condition, FieldInfo, MetricDraft, MetricPreview, SegmentDraft } from "./building";
export type { SavedReport } from "./home";
export type { ColumnChange, DropKind, DropRules, PlaceName, RowChange } from "./rules";
export type { Box, Chip, ItemState, TableState } from "./items";
export type {
  Background,
  BlockHead,
  Cell,
  ColumnState,
  GridRow,
  ItemRow,
  PercentOf,
  Settings,
  TablePayload,
  TotalCell,
  Variant,
} from "./table";

export type Kind = "dimension" | "metric" | "segment" | "time" | "period";

/** The value of a dimension that a row stands for; null: records without one. */
export type Item = string | number | boolean | null;

/** Where a row stands: its item, below those of the rows that it breaks down. */
export type Path = Item[];

export interface Ref {
  kind: Kind;
  id: string;
}

/** One entry of the rail. */
export interface Component extends Ref {
  label: string;
  /** Its definition in words. */
  description: string;
  formula: string | null;
  /** What it is nested under (Profile). */
  group: string | null;
}

export interface PeriodState {
  /** Name of the preset, "All dates" or "Custom". */
  label: string;
  /** The exact bounds in words, end not included. */
  detail: string;
  /** The days in words, the last one included ("May 16 – Jun 14"). */
  days: string;
  /** The stored period; null: all dates. */
  value: PeriodValue | null;
  /** What it resolves to now: local ISO date-times, end not included. */
  start: string | null;
  end: string | null;
  /** For a rolling period, what it will read tomorrow ("May 17 – Jun 15"). */
  tomorrow: string | null;
}

export type TimeUnit = "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";

/** An end of a rolling period: the edge of a unit, so many units away from now. */
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

/** A preset as the period pop-over lists it. */
export interface PresetState {
  id: string;
  label: string;
  group: string;
  /** What it is today. */
  start: string;
  end: string;
  /** The same as the ends of a rolling period. */
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
  /** As in which language numbers are written. */
  locale: string;
  /** Name of the saved report; null: never saved. */
  name: string | null;
  /** The template that it still is. */
  template: string | null;
  /** The title to propose for a copy. */
  suggested: string;
  unsaved: boolean;
  /** Read-only page: no rail, toolbar or drop targets. */
  page: boolean;
  /** For readers of a published report; null: for its authors. */
  reading: Reading | null;
  /** Whether the records behind figures may be seen. */
  records: boolean;
  canUndo: boolean;
  canRedo: boolean;
  undoLabel: string | null;
  redoLabel: string | null;
  /** "Data until Jun 14, 9:40 PM", and what is incomplete; null without a time column. */
  fresh: string | null;
  timezone: string;
  hasTime: boolean;
  /** Local ISO date in the dataset's zone. */
  today: string;
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

/** One item of a dimension or time unit. */
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
  | { verb: "remove_row"; table: string; path: Path; others?: Path[] }
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
export type Message = IntentMessage | { type: "charts"; id: number } | CatchUp;

/** Answered by how far every model is, by its id; `behind`: models of which to send the last state again. */
export interface CatchUp {
  type: "catch_up";
  id: number;
  behind: string[];
}

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
  /** The answer to a question, and to "catch_up". */
  data?: unknown;
  /** Answer to "export" and "charts": the content follows as the message's only buffer, gzipped. */
  file?: { name: string; type: string };
  content?: DataView;
  /** Answer to "reports". */
  reports?: SavedReport[];
}
