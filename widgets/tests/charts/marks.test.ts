// What a pointer, a key or a stretch means in a drawing.
import { describe, expect, it } from "vitest";
import {
  axisOf,
  bandOf,
  between,
  chosenOf,
  groupAt,
  groupsOf,
  nameOf,
  namesOf,
  shown,
  walked,
} from "../../src/charts/marks";
import type { Spot } from "../../src/charts/plot";
import { figure } from "./fixtures";

const AREA = { left: 40, top: 10, width: 300, height: 200 };
const dot = (key: string, x: number, y: number, size = 8): Spot => ({
  key,
  x,
  y,
  box: { left: x - size / 2, top: y - size / 2, width: size, height: size },
});
const day = (t: number, s: string, x: number, y: number) => {
  const key = `${s}${t}`;
  const date = `2026-06-0${t}`;
  const next = `2026-06-0${t + 1}`;
  return {
    figure: figure(key, { s, t, title: date, start: date, end: next, path: [date], column: s }),
    spot: dot(key, x, y),
  };
};
const DAYS = [day(1, "s0", 50, 40), day(1, "s1", 50, 90), day(2, "s0", 150, 60), day(3, "s0", 250, 20)];
const SPOTS = new Map(DAYS.map(({ spot }) => [spot.key, spot]));
const GROUPS = groupsOf(
  DAYS.map((each) => each.figure),
  SPOTS,
  "x",
);

describe("a place in a drawing over time", () => {
  it("is all series of the nearest day, and nothing outside of the axes", () => {
    expect(GROUPS.map(({ figures }) => figures.length)).toEqual([2, 1, 1]);
    const at = (x: number, y: number) => groupAt(GROUPS, SPOTS, "x", AREA, { x, y }, null)?.title;
    expect(at(90, 150)).toBe("2026-06-01");
    expect(at(110, 15)).toBe("2026-06-02");
    expect(at(110, 400)).toBeUndefined();
  });

  it("is walked in a grid along its series, and to the same stage of the series beside", () => {
    const cells = ["s0-0", "s0-1", "s0-2", "s1-0", "s1-2"].map((k) =>
      figure(k, { s: k.slice(0, 2), c: `000${k.at(-1)}Stage`, title: k.slice(0, 2) }),
    );
    const spots = new Map(cells.map(({ k }, index) => [k, dot(k, 10 * index, 0)]));
    const groups = groupsOf(cells, spots, "grid");
    const go = (key: string, from?: string) =>
      walked(
        key,
        groups,
        "grid",
        groups.find((group) => group.key === from),
        0,
      )?.group.key;
    expect(axisOf("flow")).toBe("grid");
    expect(go("ArrowRight")).toBe("s0-0");
    expect(go("ArrowRight", "s0-0")).toBe("s0-1");
    expect(go("ArrowRight", "s0-2")).toBe("s0-2");
    expect(go("ArrowLeft", "s1-2")).toBe("s1-0");
    expect(go("ArrowDown", "s0-2")).toBe("s1-2");
    expect(go("ArrowDown", "s0-1")).toBe("s0-1"); // no value there
    expect(go("ArrowUp", "s1-0")).toBe("s0-0");
    expect(go("End", "s0-0")).toBe("s1-2");
    const flow = { type: "flow", series: [], parts: null } as const;
    expect(nameOf(cells[0]!, { ...flow, series: [] })).toBe("Stage");
  });

  it("is the mark under the pointer before the nearest one", () => {
    expect(groupAt(GROUPS, SPOTS, "x", AREA, { x: 60, y: 50 }, "s03")?.title).toBe("2026-06-03");
  });

  it("is taken from one to another, in either direction, with the time that they take", () => {
    const [first, , last] = GROUPS;
    const stretch = between(GROUPS, last!.key, first!.key);
    expect(stretch).toHaveLength(3);
    const chosen = chosenOf(stretch);
    // The end of the last bucket, not its start: ends are not included.
    expect(chosen.time).toEqual({ start: "2026-06-01", end: "2026-06-04" });
    expect(chosen.paths).toEqual([["2026-06-01"], ["2026-06-02"], ["2026-06-03"]]);
    expect(chosen.marks).toHaveLength(4);
    expect(namesOf(chosen)).toBe("2026-06-01 to 2026-06-03");
    expect(bandOf(GROUPS, stretch, "x", AREA)).toEqual(AREA);
    expect(bandOf(GROUPS, [GROUPS[1]!], "x", AREA)).toEqual({ ...AREA, left: 100, width: 100 });
    expect(between(GROUPS, "gone", first!.key)).toEqual([]);
  });

  it("is walked along the axis by arrows, across it from series to series", () => {
    const [first, second, last] = GROUPS;
    expect(walked("ArrowRight", GROUPS, "x", undefined, 0)?.group).toBe(first);
    expect(walked("ArrowRight", GROUPS, "x", first, 1)).toEqual({ group: second, series: 0 });
    expect(walked("ArrowUp", GROUPS, "x", first, 0)).toEqual({ group: first, series: 1 });
    expect(walked("End", GROUPS, "x", first, 0)?.group).toBe(last);
    expect(walked("ArrowRight", GROUPS, "x", last, 0)?.group).toBe(last);
    expect(walked("a", GROUPS, "x", first, 0)).toBeNull();
    expect(walked("Home", [], "x", undefined, 0)).toBeNull();
  });
});

describe("rows with the same label", () => {
  it("are two places: what they are is told by rank, and rows without a cell are not chosen", () => {
    const figures = [
      figure("a", { c: "0001Deleted", title: "Deleted", path: ["x"] }),
      figure("b", { c: "0002Deleted", title: "Deleted", path: ["y"] }),
      figure("c", { c: "0003Others", title: "Others", path: null }),
    ];
    const spots = new Map(figures.map(({ k }, index) => [k, dot(k, 60, 40 + 60 * index, 30)]));
    const groups = groupsOf(figures, spots, "y");
    expect(groups).toHaveLength(3);
    expect(groupAt(groups, spots, "y", AREA, { x: 330, y: 95 }, null)?.figures[0]!.k).toBe("b");
    expect(chosenOf(groups)).toMatchObject({ paths: [["x"], ["y"]], time: null });
    expect(namesOf(chosenOf(groups))).toBe("3 items");
    expect(namesOf(chosenOf(groups.slice(0, 2)))).toBe("Deleted and Deleted");
  });
});

describe("marks that stand alone", () => {
  const figures = [figure("a", {}), figure("b", {})];

  it("are slices under the pointer, or dots near it", () => {
    const dots = new Map([dot("a", 100, 100), dot("b", 120, 100)].map((spot) => [spot.key, spot]));
    const groups = groupsOf(figures, dots, axisOf("scatter"));
    const at = (x: number, y: number) => groupAt(groups, dots, "none", AREA, { x, y }, null)?.key;
    expect(at(114, 104)).toBe("b");
    expect(at(180, 100)).toBeUndefined();
    const slices = new Map([dot("a", 100, 100, 90), dot("b", 120, 100, 90)].map((spot) => [spot.key, spot]));
    expect(groupAt(groups, slices, "none", AREA, { x: 101, y: 100 }, null)).toBeNull();
    expect(groupAt(groups, slices, "none", AREA, { x: 101, y: 100 }, "b")?.key).toBe("b");
  });

  it("go when their series is switched off", () => {
    const all = [figure("a", { s: "s0" }), figure("b", { s: "s1" })];
    expect(shown(all, new Set(["s0"])).map(({ k }) => k)).toEqual(["b"]);
    expect(shown(all, new Set())).toBe(all);
  });
});
