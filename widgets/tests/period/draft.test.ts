import { CalendarDate, parseDate } from "@internationalized/date";
import { describe, expect, it } from "vitest";
import { floor, lastDay, lengthWords, parse, rangeWords, resolve, wholeDays } from "../../src/period/dates";
import * as step from "../../src/period/draft";
import type { Bound, PeriodState, TimeUnit } from "../../src/sync/types";
import { traitsOf } from "../model";

const today = parseDate("2026-06-14");
const { presets } = traitsOf();
const [last30] = presets;
const bound = (edge: Bound["edge"], unit: TimeUnit, offset = 0, offset_unit = unit): Bound => ({
  edge,
  unit,
  offset,
  offset_unit,
});
const state = (change: Partial<PeriodState>): PeriodState => ({
  label: "",
  detail: "",
  days: "",
  value: null,
  start: null,
  end: null,
  tomorrow: null,
  ...change,
});
const chosenDays = (first: CalendarDate, last: CalendarDate) => step.setEnds(wholeDays(first, last));
const read = (span: { start: object; end: object }) => [String(span.start), String(span.end)];

describe("ends of rolling periods", () => {
  const ends = (start: Bound, end: Bound, at: CalendarDate = today) => read(resolve({ start, end }, at));

  it("resolves as Python does: the unit's edge first, then the steps", () => {
    expect(ends(bound("start", "day", -29), bound("end", "day"))).toEqual([
      "2026-05-16T00:00:00",
      "2026-06-15T00:00:00",
    ]);
    expect(ends(bound("start", "quarter"), bound("end", "quarter"))).toEqual([
      "2026-04-01T00:00:00",
      "2026-07-01T00:00:00",
    ]);
    expect(ends(bound("start", "year", -1), bound("start", "year"))).toEqual([
      "2025-01-01T00:00:00",
      "2026-01-01T00:00:00",
    ]);
    expect(ends(bound("start", "quarter", -4), bound("start", "month", 3, "hour"))).toEqual([
      "2025-04-01T00:00:00",
      "2026-06-01T03:00:00",
    ]);
  });
  it("takes the last day of a month that is shorter", () => {
    const [start] = ends(bound("start", "day", -1, "month"), bound("end", "day"), parseDate("2026-03-31"));
    expect(start).toBe("2026-02-28T00:00:00");
  });
  it("starts weeks on Sunday", () => {
    expect(String(floor(parseDate("2026-06-14"), "week"))).toBe("2026-06-14");
    expect(String(floor(parseDate("2026-06-13"), "week"))).toBe("2026-06-07");
  });
});

describe("words", () => {
  const span = (start: string, end: string) => ({ start: parse(start), end: parse(end) });
  it("names the first and the last day, with years where they differ from this one", () => {
    expect(rangeWords(span("2026-05-17T00:00:00", "2026-06-16T00:00:00"), today)).toBe("May 17 – Jun 15");
    expect(rangeWords(span("2026-06-14T00:00:00", "2026-06-15T00:00:00"), today)).toBe("Jun 14");
    expect(rangeWords(span("2025-12-30T00:00:00", "2026-01-02T00:00:00"), today)).toBe(
      "Dec 30, 2025 – Jan 1, 2026",
    );
  });
  it("counts days, and hours where the days are not whole", () => {
    expect(lengthWords(span("2026-05-16T00:00:00", "2026-06-15T00:00:00"))).toBe("30");
    expect(lengthWords(span("2026-06-14T00:00:00", "2026-06-14T06:30:00"))).toBe("6 h 30 min");
    expect(lengthWords(span("2026-06-13T00:00:00", "2026-06-14T06:00:00"))).toBe("1 d 6 h");
  });
  it("reads moments with an offset, and takes the day before an end at midnight as the last one", () => {
    expect(String(parse("2026-06-14T00:00:00+02:00"))).toBe("2026-06-14T00:00:00");
    expect(String(lastDay(span("2026-06-01T00:00:00Z", "2026-06-15T00:00:00Z")))).toBe("2026-06-14");
    expect(String(lastDay(span("2026-06-01T00:00:00", "2026-06-15T06:00:00")))).toBe("2026-06-15");
  });
  it("reads dates without a time", () => {
    expect(String(parse("2026-06-14"))).toBe("2026-06-14T00:00:00");
  });
});

describe("a draft", () => {
  it("begins as what is stored", () => {
    expect(step.draftOf(state({}), presets, today)).toEqual({ type: "all" });
    const value = { type: "preset", id: "last-30-days" } as const;
    expect(step.valueOf(step.draftOf(state({ value }), presets, today))).toEqual(value);
    const fixed = { type: "fixed", start: "2026-01-01", end: "2026-02-01" } as const;
    expect(step.valueOf(step.draftOf(state({ value: fixed }), presets, today))).toEqual({
      type: "fixed",
      start: "2026-01-01T00:00:00",
      end: "2026-02-01T00:00:00",
    });
  });

  it("keeps its days when the preset is cleared, and stays without dates when there were none", () => {
    const cleared = step.choosePreset(step.choosePreset({ type: "all" }, last30), undefined);
    expect(step.valueOf(cleared)).toEqual({
      type: "fixed",
      start: "2026-05-16T00:00:00",
      end: "2026-06-15T00:00:00",
    });
    expect(step.choosePreset({ type: "all" }, undefined)).toEqual({ type: "all" });
  });

  it("takes days from the calendar with the end not included", () => {
    expect(step.valueOf(chosenDays(parseDate("2026-01-01"), parseDate("2026-01-31")))).toEqual({
      type: "fixed",
      start: "2026-01-01T00:00:00",
      end: "2026-02-01T00:00:00",
    });
  });

  it("rolls and stops rolling without moving its days", () => {
    const fixed = chosenDays(parseDate("2026-06-01"), parseDate("2026-06-12"));
    const rolling = step.setRolling(fixed, true, today);
    expect(step.valueOf(rolling)).toEqual({
      type: "rolling",
      start: bound("start", "day", -13),
      end: bound("end", "day", -2),
    });
    expect(step.valueOf(step.setRolling(rolling, false, today))).toEqual(step.valueOf(fixed));
    expect(step.setRolling({ type: "all" }, true, today)).toEqual({ type: "all" });
  });

  it("says what a rolling period reads tomorrow, and nothing for a fixed one", () => {
    expect(step.tomorrowOf(step.choosePreset({ type: "all" }, last30), today)).toBe("May 17 – Jun 15");
    expect(step.tomorrowOf(chosenDays(today, today), today)).toBeNull();
  });

  it("must start before it ends", () => {
    const at = parse("2026-06-14T00:00:00");
    expect(step.problemOf(step.setEnds({ start: at, end: at }))).toMatch(/start before it ends/);
    expect(step.problemOf(step.setEnds({ start: at, end: at.add({ minutes: 1 }) }))).toBeNull();
  });

  it("names how its ends roll", () => {
    expect(step.rollingWords({ start: bound("start", "day"), end: bound("end", "month") })).toBe(
      "(rolling daily – rolling monthly)",
    );
  });
});
