/** What charts and texts are, and what they are asked: part of the contract in types.ts. */
import type { Path, SegmentDraft, TimeUnit } from "./types";

export type ChartType =
  | "line"
  | "area"
  | "area stacked"
  | "bar"
  | "bar stacked"
  | "horizontal bar"
  | "horizontal bar stacked"
  | "combo"
  | "donut"
  | "bullet"
  | "scatter"
  | "flow"
  | "summary number"
  | "summary change";
export type Locked = "positions" | "items";

/** One mark of a drawing. `k` is its key; fields that the spec alone reads may stand beside these. */
export interface Figure {
  k: string;
  /** Key of its series, and of the ring it is in where there are several. */
  s: string;
  part?: string;
  /** Category (a rank of four digits, then the label), or time: local wall clock as if it were UTC. */
  c: string | null;
  t: number | null;
  v: number | null;
  /** As the table writes it; its share of the whole. */
  text: string;
  share: string | null;
  /** The category or time in full. */
  title: string;
  /** The cell of the source table that it stands for. */
  path: Path | null;
  column: string | null;
  /** Of a time: local ISO bounds of its bucket, end not included. */
  start: string | null;
  end: string | null;
}
export interface Series {
  key: string;
  label: string;
  /** Which of the eight colours; 8 is for the rest. */
  color: number;
  /** 0: a solid line. */
  dash: number;
  text: string | null;
  share: string | null;
}
/** One of the rings of a donut, and the figure in its middle. */
export interface ChartPart {
  key: string;
  title: string;
  text: string;
}
/** A figure set as text. */
export interface ChartValue {
  text: string;
  unit: string;
  /** Not cut down. */
  full: string;
  caption: string;
  trend: (number | null)[] | null;
  first: string | null;
  last: string | null;
  change: { text: string; direction: "up" | "down" | "same"; words: string } | null;
}

/** The settings of a chart by their names in Python, which `set_chart` takes one by one. */
export interface ChartSettings {
  percentages: boolean;
  stacked_100: boolean;
  legend: boolean;
  max_items: number | null;
  others: boolean;
  dual_axis: boolean;
  normalized: boolean;
  zero: boolean;
  threshold: number | null;
  granularity: TimeUnit | null;
  axes: boolean;
  axis_titles: boolean;
  hide_title: boolean;
  goals: { low: number; mid: number; high: number } | null;
  summarize: "total" | "sum" | "mean" | "median" | "min" | "max";
  change: "percent" | "difference";
  abbreviate: number | null;
  trend: boolean;
}
export interface ChartPayload {
  id: string;
  /** Grows with every new result. */
  revision: number;
  status: "ready" | "loading" | "error";
  error: { title: string; message: string; details: string } | null;
  type: ChartType;
  /** null: its table is gone, or was never chosen. */
  source: { table: string; label: string; color: number } | null;
  locked: Locked | null;
  /** A spec of Vega-Lite with the dataset "figures" left open; null: a figure set as text, or nothing to draw. */
  spec: object | null;
  figures: Figure[];
  series: Series[];
  parts: ChartPart[] | null;
  value: ChartValue | null;
  settings: ChartSettings;
  /** Settings that mean something here: null, or why it can't be set now. */
  offers: Partial<Record<keyof ChartSettings, string | null>>;
  granularities: TimeUnit[];
  /** What the drawing says, in a sentence or two, and the figures behind it. */
  summary: string;
  table: { heads: string[]; rows: string[][] };
}

/** Cells of the source table: a row, and a column of it. */
export type Mark = [path: Path, column: string | null];

export type ChartIntent =
  | { verb: "add_chart"; panel: string; type: ChartType; source?: string | null }
  | { verb: "visualize"; table: string; paths: Path[]; columns?: string[]; type?: ChartType | null }
  | ({ verb: "set_chart"; chart: string; type?: ChartType } & Partial<ChartSettings>)
  | { verb: "bind_chart"; chart: string; table: string }
  | { verb: "lock_chart"; chart: string; lock: Locked | null }
  | { verb: "show_table"; table: string; hidden: boolean }
  | { verb: "add_text"; panel: string }
  | { verb: "set_text"; text: string; value: string }
  | { verb: "filter_marks"; chart: string; marks: Mark[] }
  // of the session, not of the document
  | { verb: "select"; table: string; paths: Path[]; columns: string[] };
export type ChartQuestion = { verb: "segment_of_marks"; chart: string; marks: Mark[] };
export interface ChartAnswers {
  segment_of_marks: SegmentDraft;
}
