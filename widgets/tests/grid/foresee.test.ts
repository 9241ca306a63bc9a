import { describe, expect, it } from "vitest";
import { foreseen, type Known } from "../../src/grid/foresee";
import type { Component, Intent, TablePayload, Target } from "../../src/sync/types";
import { column, head, item, table } from "../fixtures";

const metric = (id: string, label: string): Component => ({
  kind: "metric",
  id,
  label,
  description: `What ${label} is.`,
  formula: null,
  group: null,
});
const KNOWN: Known = {
  catalog: [
    metric("opens", "Opens"),
    metric("clicks", "Clicks"),
    { ...metric("city", "City"), kind: "dimension" },
  ],
  lastId: 7,
};
const drop = (target: Target, ...ids: string[]): Intent => ({
  verb: "drop",
  components: ids.map((id) => ({ kind: "metric", id })),
  target,
});
const edge = (id: string, side: "before" | "after"): Target => ({
  on: "edge",
  table: "t1",
  column: id,
  side,
});
const labels = (seen: TablePayload | null) => seen?.columns.map(({ label }) => label);
const texts = (seen: TablePayload | null, row: number) => seen?.rows[row]!.cells.map(({ text }) => text);

describe("columns that are dropped", () => {
  it("stand beside the one they were dropped on, in order, under the ids that they will have", () => {
    const seen = foreseen(table(), drop(edge("c1", "after"), "opens", "clicks"), KNOWN);
    expect(labels(seen)).toEqual(["Flights", "Opens", "Clicks", "Delay rate"]);
    expect(seen?.columns.map(({ id }) => id)).toEqual(["c1", "c8", "c9", "c2"]);
    expect(labels(foreseen(table(), drop(edge("c1", "before"), "opens"), KNOWN))?.[0]).toBe("Opens");
  });

  it("have no figures: no other column's ones, and the others keep theirs", () => {
    const seen = foreseen(table(), drop(edge("c1", "before"), "opens"), KNOWN);
    expect(texts(seen, 0)).toEqual(["", "12", "3.5%"]);
    expect(texts(seen, 1)).toEqual(["", "120", "120"]);
    expect(seen?.total?.cells.map(({ text }) => text)).toEqual(["", "120", "120"]);
    expect(seen?.columns.map(({ pending }) => pending)).toEqual([true, false, false]);
  });

  it("don't inherit what their neighbour is filtered, sorted or sized by", () => {
    const filters = [{ kind: "segment" as const, label: "Young", key: "young" }];
    const beside = table({
      columns: [column("c1", "Flights", { filters, sort: "desc", width: 99, detail: "May" })],
    });
    const made = foreseen(beside, drop(edge("c1", "after"), "opens"), KNOWN)?.columns[1];
    expect(made).toMatchObject({ filters: [], sort: null, width: null, detail: null, tip: "What Opens is." });
  });

  it("replace a metric: the column stays, with what stands over it, without the figures of the old one", () => {
    const filters = [{ kind: "segment" as const, label: "Young", key: "young" }];
    const before = table({ columns: [column("c1", "Flights", { filters }), column("c2", "Delay rate")] });
    const seen = foreseen(before, drop({ on: "column", table: "t1", column: "c1" }, "opens"), KNOWN);
    expect(seen?.columns[0]).toMatchObject({ id: "c1", label: "Opens", filters, pending: true });
    expect(texts(seen, 0)).toEqual(["", "3.5%"]);
  });
});

it("moves a column with its figures, also below a row that is broken down", () => {
  const two = table({
    columns: [column("c1"), column("c2"), column("c3")],
    total: null,
    rows: [item(["Paris"], { cells: "abc".split("").map((text) => ({ ...item(["x"]).cells[0]!, text })) })],
  });
  const move = (from: string, before: string | null) =>
    texts(foreseen(two, { verb: "move_column", table: "t1", column: from, before }, KNOWN), 0)?.join("");
  expect(move("c1", "c3")).toBe("bac");
  expect(move("c1", null)).toBe("bca");
  expect(move("c3", "c1")).toBe("cab");
  expect(move("c1", "c2")).toBe(undefined);
  expect(move("c1", "c1")).toBe(undefined);
  expect(move("c9", "c1")).toBe(undefined);
  expect(move("c1", "c9")).toBe(undefined);
});

it("tells nothing where it can't know", () => {
  const dimension: Intent = {
    verb: "drop",
    components: [{ kind: "dimension", id: "city" }],
    target: edge("c1", "after"),
  };
  expect(foreseen(table(), dimension, KNOWN)).toBeNull();
  expect(foreseen(table(), drop(edge("c1", "after"), "gone"), KNOWN)).toBeNull();
  expect(foreseen(table(), drop(edge("c9", "after"), "opens"), KNOWN)).toBeNull();
  expect(foreseen(table(), drop({ on: "above", table: "t1" }, "opens"), KNOWN)).toBeNull();
  expect(foreseen(table({ status: "loading" }), drop(edge("c1", "after"), "opens"), KNOWN)).toBeNull();
  expect(foreseen(table(), { verb: "undo" }, KNOWN)).toBeNull();
  const all = table({ total: head([], "City", "city") });
  expect(foreseen(all, { verb: "sort", table: "t1", column: "c1", descending: true }, KNOWN)).toBeNull();
});
