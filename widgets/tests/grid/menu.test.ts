import { describe, expect, it } from "vitest";
import { entriesFor } from "../../src/grid/menu/registry";
import type { Entry, Spot } from "../../src/grid/menu/types";
import { column, item, table } from "../fixtures";

const spot = (more: Partial<Spot>): Spot => ({
  on: "row",
  table: "t1",
  payload: table(),
  page: false,
  records: true,
  anchor: document.createElement("div"),
  row: null,
  head: null,
  column: null,
  rows: [],
  ...more,
});
const ids = (groups: Entry[][]): string[][] => groups.map((group) => group.map((entry) => entry.id));

describe("entriesFor", () => {
  it("keeps what fits the place, by group in order, whoever offered it", () => {
    const entry = (id: string, group: number, more: Partial<Entry> = {}): Entry => ({
      id,
      on: ["row"],
      group,
      label: () => id,
      run: () => undefined,
      ...more,
    });
    const offers = [
      [entry("late", 30), entry("first", 10), entry("elsewhere", 10, { on: ["head"] })],
      ({ table }: Spot) => [entry(`made for ${table}`, 10), entry("hidden", 10, { when: () => false })],
    ];
    expect(ids(entriesFor(spot({}), offers))).toEqual([["first", "made for t1"], ["late"]]);
  });

  it("offers on a read-only page only what is allowed there", () => {
    const row = item(["Paris"], { open: true });
    expect(ids(entriesFor(spot({ row, rows: [row] }))).flat()).toContain("break");
    expect(ids(entriesFor(spot({ row, rows: [row], page: true }))).flat()).not.toContain("break");
    expect(ids(entriesFor(spot({ row, rows: [row], page: true }))).flat()).toContain("twist");
  });

  it("trends the selected rows, of the column that was asked", () => {
    const rows = [item(["Paris"]), item(["Lyon"])];
    const sent: unknown[] = [];
    const tools = { ask: (intent: unknown) => sent.push(intent) } as never;
    const asked = spot({ row: rows[0]!, rows, column: column("c2") });
    const trend = entriesFor(asked)
      .flat()
      .find(({ id }) => id === "trend")!;
    trend.run(asked, tools);
    expect(sent).toEqual([
      { verb: "visualize", table: "t1", paths: [["Paris"], ["Lyon"]], columns: ["c2"], type: "line" },
    ]);
  });

  it("leaves out rows by their whole names, those without a value by the box", () => {
    const payload = table({ rows: [item(["Paris"]), item([null], { missing: true })] });
    const rows = payload.rows.filter((row) => row.type === "item");
    const sent: unknown[] = [];
    const asked = spot({ payload, row: rows[0]!, rows });
    const leave = entriesFor(asked)
      .flat()
      .find(({ id }) => id === "without-rows")!;
    leave.run(asked, { ask: (intent: unknown) => sent.push(intent) } as never);
    expect(sent).toEqual([
      {
        ...{ verb: "set_search", table: "t1", path: [], text: "", include_missing: false, joined: "all" },
        rules: [{ how: "does-not-equal", text: "Paris" }],
      },
    ]);
  });

  it("has one entry for each filter of a column", () => {
    const filtered = {
      ...column("c1"),
      filters: [{ kind: "segment" as const, label: "<b>Young</b>", key: "y" }],
    };
    const entries = entriesFor(spot({ on: "head", column: filtered })).flat();
    expect(entries.map((entry) => entry.label(spot({ column: filtered })))).toContain(
      "Remove the filter <b>Young</b>",
    );
    expect(entries.find((entry) => entry.id === "right")!.off!(spot({ column: column("c2") }))).toBe(true);
  });
});
