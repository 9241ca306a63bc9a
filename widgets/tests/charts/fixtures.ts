import type { ChartPayload, Figure } from "../../src/sync/charts";
import type { ChartState } from "../../src/sync/items";

export function figure(k: string, more: Partial<Figure> = {}): Figure {
  return {
    k,
    s: "s0",
    c: null,
    t: null,
    v: 1,
    text: "1",
    share: null,
    title: k,
    path: null,
    column: null,
    start: null,
    end: null,
    ...more,
  };
}

export function chartState(more: Partial<ChartState> = {}): ChartState {
  const box = { x: 0, y: 0, w: 6, h: 6 };
  return {
    type: "chart",
    id: "v1",
    title: "Opens by city",
    collapsed: false,
    box,
    natural: true,
    kind: "bar",
    source: "t1",
    color: 3,
    hideTitle: false,
    ...more,
  };
}

export function payloadOf(more: Partial<ChartPayload> = {}): ChartPayload {
  return {
    id: "v1",
    revision: 1,
    status: "ready",
    error: null,
    type: "bar",
    source: { table: "t1", label: "Cities", color: 3 },
    locked: null,
    spec: { mark: "bar" },
    figures: [
      figure("a", {
        c: "0001Paris",
        title: "Paris",
        v: 40,
        text: "40",
        share: "80.0%",
        path: ["Paris"],
        column: "c1",
      }),
      figure("b", {
        c: "0002Lyon",
        title: "Lyon",
        v: 10,
        text: "10",
        share: "20.0%",
        path: ["Lyon"],
        column: "c1",
      }),
    ],
    series: [{ key: "s0", label: "Opens", color: 1, dash: 0, text: "50", share: null }],
    parts: null,
    value: null,
    settings: {
      percentages: false,
      stacked_100: false,
      legend: true,
      max_items: null,
      others: true,
      dual_axis: false,
      normalized: false,
      zero: true,
      threshold: null,
      granularity: null,
      axes: true,
      axis_titles: false,
      hide_title: false,
      goals: null,
      summarize: "total",
      change: "percent",
      abbreviate: null,
      trend: true,
    },
    offers: { legend: null, max_items: null, percentages: null, dual_axis: "It takes two metrics." },
    granularities: [],
    summary: "Opens of 2 cities. Paris has most: 40.",
    table: {
      heads: ["City", "Opens"],
      rows: [
        ["Paris", "40"],
        ["Lyon", "10"],
      ],
    },
    ...more,
  };
}
