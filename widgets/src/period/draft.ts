/** What the period pop-over edits: pure steps from one draft to the next. */
import { type CalendarDate, toCalendarDate } from "@internationalized/date";
import type { Bound, PeriodState, PeriodValue, PresetState } from "../sync/types";
import { daysBetween, iso, lastDay, parse, rangeWords, resolve, type Span } from "./dates";

export interface Bounds {
  start: Bound;
  end: Bound;
}
export type Draft =
  | { type: "all" }
  | { type: "preset"; id: string; bounds: Bounds; span: Span }
  | { type: "rolling"; bounds: Bounds; span: Span }
  | { type: "fixed"; span: Span };

export function draftOf(period: PeriodState, presets: readonly PresetState[], today: CalendarDate): Draft {
  const { value, start, end } = period;
  if (value === null) return { type: "all" };
  const span = start !== null && end !== null ? { start: parse(start), end: parse(end) } : null;
  if (value.type === "fixed")
    return { type: "fixed", span: { start: parse(value.start), end: parse(value.end) } };
  if (value.type === "rolling") {
    return { type: "rolling", bounds: value, span: span ?? resolve(value, today) };
  }
  const preset = presets.find((each) => each.id === value.id);
  if (preset) return ofPreset(preset);
  return span ? { type: "fixed", span } : { type: "all" };
}

function ofPreset(preset: PresetState): Draft {
  const span = { start: parse(preset.start), end: parse(preset.end) };
  return { type: "preset", id: preset.id, bounds: preset.bounds, span };
}

/** Choosing the chosen preset clears it: its dates stay, but they no longer roll. */
export function choosePreset(draft: Draft, preset: PresetState | undefined): Draft {
  if (preset) return ofPreset(preset);
  return draft.type === "all" ? draft : { type: "fixed", span: draft.span };
}

export function setEnds(span: Span): Draft {
  return { type: "fixed", span };
}

/** Let the dates roll, or hold them: both keep what is selected today. */
export function setRolling(draft: Draft, isRolling: boolean, today: CalendarDate): Draft {
  if (draft.type === "all") return draft;
  if (!isRolling) return { type: "fixed", span: draft.span };
  if (draft.type !== "fixed") return draft;
  const bound = (edge: Bound["edge"], offset: number): Bound => ({
    edge,
    unit: "day",
    offset,
    offset_unit: "day",
  });
  const bounds = {
    start: bound("start", daysBetween(today, toCalendarDate(draft.span.start))),
    end: bound("end", daysBetween(today, lastDay(draft.span))),
  };
  return { type: "rolling", bounds, span: resolve(bounds, today) };
}

export function setBounds(bounds: Bounds, today: CalendarDate): Draft {
  return { type: "rolling", bounds, span: resolve(bounds, today) };
}

export function valueOf(draft: Draft): PeriodValue | null {
  switch (draft.type) {
    case "all":
      return null;
    case "preset":
      return { type: "preset", id: draft.id };
    case "rolling":
      return { type: "rolling", start: draft.bounds.start, end: draft.bounds.end };
    case "fixed":
      return { type: "fixed", start: iso(draft.span.start), end: iso(draft.span.end) };
  }
}

/** Why the draft can't be applied, or null. */
export function problemOf(draft: Draft): string | null {
  if (draft.type === "all" || draft.span.start.compare(draft.span.end) < 0) return null;
  return "The period must start before it ends. The end is not included.";
}

/** What a rolling draft will read tomorrow. */
export function tomorrowOf(draft: Draft, today: CalendarDate): string | null {
  if (draft.type !== "preset" && draft.type !== "rolling") return null;
  return rangeWords(resolve(draft.bounds, today.add({ days: 1 })), today);
}

const ADVERB: Partial<Record<Bound["unit"], string>> = {
  minute: "by the minute",
  hour: "hourly",
  day: "daily",
  week: "weekly",
  month: "monthly",
  quarter: "quarterly",
  year: "yearly",
};

/** "(rolling daily – rolling daily)" */
export function rollingWords({ start, end }: Bounds): string {
  return `(rolling ${ADVERB[start.unit]} – rolling ${ADVERB[end.unit]})`;
}
