import { describe, expect, it } from "vitest";
import { intentOf } from "../../src/drop/context";
import type { Dragged } from "../../src/drop/store";
import { phrase, targetsFor } from "../../src/drop/targets";
import type { Kind } from "../../src/sync/types";
import { empty, panel, RULES, table, tableState } from "../fixtures";

const drag = (...refs: [Kind, string][]): Dragged => ({
  what: "components",
  keyboard: false,
  items: refs.map(([kind, label]) => ({ ref: { kind, id: label.toLowerCase() }, label })),
});
const targets = (dragged: Dragged, payload = table(), selected: string[] = []) =>
  targetsFor({
    panels: [panel()],
    payloads: { t1: payload },
    rules: RULES,
    dragged,
    selection: { t1: new Set(selected) },
  });
const phrases = (...args: Parameters<typeof targets>) => targets(...args).map((target) => target.phrase);

describe("a dimension", () => {
  it("goes in reading order: panel, dimension names, rows, free space", () => {
    expect(phrases(drag(["dimension", "Airline"]))).toEqual([
      "Keep only records with a value of Airline",
      "Replace City with Airline",
      "Break down all 3 rows by Airline",
      "Break down Paris by Airline",
      "Replace Carrier with Airline",
      "Break down all 2 rows by Airline",
      "Break down AF by Airline",
      "Break down LH by Airline",
      "Break down Lyon by Airline",
      "Break down N/A by Airline",
      "Add a table of Airline to Overview",
    ]);
  });

  it("neither replaces itself nor breaks down its own items", () => {
    expect(phrases(drag(["dimension", "City"]))).toEqual([
      "Keep only records with a value of City",
      "Add a table of City to Overview",
    ]);
  });

  it("does not repeat a dimension inside of itself, but may be used beside it", () => {
    const found = phrases(drag(["dimension", "Carrier"]));
    expect(found).toContain("Break down Lyon by Carrier");
    expect(found).not.toContain("Break down AF by Carrier");
    expect(found).not.toContain("Replace Carrier with Carrier");
  });

  it("breaks down all selected rows when dropped on one of them", () => {
    const found = targets(drag(["dimension", "Airline"]), table(), ["Paris", "Lyon"]);
    const row = found.find((target) => target.key === "row:t1:Lyon");
    expect(row?.phrase).toBe("Break down 2 rows by Airline");
    expect(row?.target).toEqual({ on: "row", table: "t1", paths: [["Paris"], ["Lyon"]] });
    const other = found.find((target) => target.key === "row:t1:Paris/AF");
    expect(other?.target).toEqual({ on: "row", table: "t1", paths: [["Paris", "AF"]] });
  });

  it("becomes the rows of an empty table; two at once do not", () => {
    expect(phrases(drag(["dimension", "City"]), empty())).toContain("Show City in the rows");
    expect(phrases(drag(["dimension", "City"], ["dimension", "Carrier"]), empty())).toEqual([
      "Keep only records with a value of City and Carrier",
    ]);
  });
});

describe("a metric", () => {
  it("goes before, on and after each column; the gap between two columns counts once", () => {
    const found = targets(drag(["metric", "Seats"]));
    expect(found.map((target) => target.phrase)).toEqual([
      "Add Seats before Flights",
      "Replace Flights with Seats",
      "Add Seats after Flights",
      "Add Seats before Delay rate",
      "Replace Delay rate with Seats",
      "Add Seats after Delay rate",
    ]);
    expect(found.filter((target) => target.twin).map((target) => target.phrase)).toEqual([
      "Add Seats before Delay rate",
    ]);
  });

  it("is the first column of an empty table, several at once too", () => {
    expect(phrases(drag(["metric", "Seats"], ["metric", "Miles"]), empty())).toEqual([
      "Add Seats and Miles as a column",
    ]);
  });

  it("replaces a column only alone", () => {
    const found = phrases(drag(["metric", "A"], ["metric", "B"], ["metric", "C"]));
    expect(found).toContain("Add 3 components after Flights");
    expect(found.some((words) => words.startsWith("Replace"))).toBe(false);
  });
});

it("leaves out what is impossible for one of the kinds", () => {
  expect(phrases(drag(["metric", "Seats"], ["segment", "Young"]))).toEqual([
    "Replace Flights with Seats and Young",
    "Replace Delay rate with Seats and Young",
  ]);
  expect(phrases(drag(["period", "Last week"]))).toEqual([]);
});

it("leaves out tables and panels that are closed; one in error can be mended on its heads", () => {
  const input = {
    payloads: { t1: table() },
    rules: RULES,
    selection: {},
    dragged: drag(["metric", "Seats"]),
  };
  const closed = { ...panel(), items: [tableState("t1", "Cities", { collapsed: true })] };
  expect(targetsFor({ ...input, panels: [closed] })).toEqual([]);
  expect(targetsFor({ ...input, panels: [panel({ collapsed: true })] })).toEqual([]);
  const failed = { t1: table({ status: "error" }) };
  const mending = targetsFor({ ...input, panels: [panel()], payloads: failed });
  expect(mending.map((each) => each.phrase)).toContain("Replace Flights with Seats");
});

it("moves a column into every gap but its own two", () => {
  const dragged: Dragged = { what: "column", table: "t1", column: "c1", label: "Flights", keyboard: false };
  const [only, ...rest] = targets(dragged);
  expect(rest).toEqual([]);
  expect(only?.phrase).toBe("Move Flights after Delay rate");
  expect(intentOf(only!, dragged)).toEqual({ verb: "move_column", table: "t1", column: "c1", before: null });
});

it("makes the intent of a drop", () => {
  const dragged = drag(["metric", "Seats"]);
  const after = targets(dragged).find((target) => target.phrase === "Add Seats after Flights")!;
  expect(intentOf(after, dragged)).toEqual({
    verb: "drop",
    components: [{ kind: "metric", id: "seats" }],
    target: { on: "edge", table: "t1", column: "c1", side: "after" },
  });
});

it("takes labels as they are, whatever they look like", () => {
  const items = [{ ref: { kind: "metric" as const, id: "m" }, label: "{target} $& $1 <b>" }];
  expect(phrase(RULES, items, "column", "{name}")).toBe("Replace {name} with {target} $& $1 <b>");
});
