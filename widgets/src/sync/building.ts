/** What the builders of metrics and segments ask and are told: part of the contract in types.ts. */
import type { Ref } from "./types";

export type BuilderIntent =
  | {
      verb: "save_metric";
      id: string | null;
      label: string;
      formula: string;
      format: "number" | "percent";
      decimals: number;
      description: string;
      on_zero: "zero" | "blank";
      shared: boolean;
    }
  | {
      verb: "save_segment";
      id: string | null;
      label: string;
      where: Condition;
      description: string;
      shared: boolean;
      /** A panel to filter by it, too. */
      panel: string | null;
    }
  | { verb: "remove_component"; component: Ref }
  | { verb: "duplicate_component"; component: Ref };
export type BuilderQuestion =
  | {
      verb: "preview_metric";
      formula: string;
      format: "number" | "percent";
      decimals: number;
      on_zero: "zero" | "blank";
      table: string | null;
    }
  | { verb: "preview_segment"; where: Condition; panel: string | null }
  | { verb: "values"; field: string; text: string }
  | { verb: "fields" }
  | { verb: "component"; component: Ref };
/** What each question is answered with. */
export interface BuilderAnswers {
  preview_metric: MetricPreview;
  preview_segment: { words: string; counts: [label: string, figure: string][]; of: string };
  values: { values: (string | number | boolean)[] };
  fields: { fields: FieldInfo[] };
  component: MetricDraft | SegmentDraft;
}
export interface MetricPreview {
  /** What is wrong with the text, and which characters of it; null: nothing. */
  problem: { message: string; start: number; end: number } | null;
  text: string;
  words: string;
  value: string;
  rows: [label: string, figure: string][];
}
export interface MetricDraft {
  label: string;
  description: string;
  formula: string;
  format: "number" | "percent";
  decimals: number;
  on_zero: "zero" | "blank";
  /** In the catalog of the data, for everybody. */
  shared: boolean;
}
export interface SegmentDraft {
  label: string;
  description: string;
  where: Condition;
  shared: boolean;
}
export interface FieldInfo {
  name: string;
  type: "text" | "integer" | "number" | "boolean" | "time";
  label: string;
}
/** A predicate as dynreports/semantics/predicate.py writes it. */
export type Condition = { type: string; parts?: Condition[]; of?: Condition; [key: string]: unknown };
