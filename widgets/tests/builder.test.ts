import { describe, expect, it } from "vitest";
import { suggest, withOption } from "../src/builder/completion";
import { conditionOf, type FieldType, newGroup, newRule, treeOf } from "../src/builder/rules";
import type { Component, Condition, FieldInfo } from "../src/sync/types";

const CATALOG = [
  { kind: "metric", label: "Open" },
  { kind: "metric", label: "Unique opens" },
  { kind: "metric", label: "odd ] one" },
  { kind: "segment", label: "Young" },
].map((each) => ({
  id: each.label,
  description: "",
  group: null,
  formula: null,
  ...each,
})) as unknown as Component[];
const FIELDS: FieldInfo[] = [
  { name: "age", type: "integer", label: "Age" },
  { name: "city", type: "text", label: "City" },
  { name: "vip", type: "boolean", label: "VIP" },
  { name: "day", type: "time", label: "Day" },
];
const TYPES = new Map<string, FieldType>(FIELDS.map(({ name, type }) => [name, type]));

/** The text with the first option taken at "|", the caret shown as "|" again. */
function completed(marked: string): string {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  const found = suggest(text, caret, CATALOG, FIELDS);
  const [next, at] = withOption(text, found, found.options[0]!);
  return `${next.slice(0, at)}|${next.slice(at)}`;
}

describe("completion", () => {
  it.each([
    ["op|", "[Open]|"],
    ["[Un|", "[Unique opens]|"],
    ["1 + [uni|] / 2", "1 + [Unique opens]| / 2"],
    ["[odd|", "[odd ]] one]|"],
    ["open where y|", "open where [Young]|"],
    ["[Open] where |", "[Open] where [Young]|"],
    ["dist|", "distinct(|"],
    ["distinct(ci|", "distinct([city])|"],
    ["sum(|", "sum([age])|"],
    ["coun|", "count()|"],
  ])("%s becomes %s", (typed, wanted) => expect(completed(typed)).toBe(wanted));
  it("offers no text as a sum", () => {
    const { options } = suggest("sum(", 4, CATALOG, FIELDS);
    expect(options.map(({ label }) => label)).toEqual(["age"]);
  });
});

describe("rules", () => {
  const conditions: Condition[] = [
    { type: "compare", field: "city", op: "==", value: "Paris" },
    { type: "compare", field: "age", op: "<", value: 30 },
    { type: "compare", field: "vip", op: "==", value: true },
    { type: "between", field: "age", low: 18, high: 25 },
    { type: "in", field: "city", values: ["Paris", "Lyon"] },
    { type: "not", of: { type: "contains", field: "city", text: "x" } },
    { type: "not", of: { type: "null", field: "day" } },
    { type: "within", field: "day", start: "2026-01-01T00:00:00Z", end: "2026-02-01T00:00:00Z" },
    {
      type: "not",
      of: {
        type: "or",
        parts: [
          { type: "null", field: "city" },
          {
            type: "and",
            parts: [
              { type: "starts_with", field: "city", text: "P" },
              { type: "compare", field: "age", op: ">=", value: 18 },
            ],
          },
        ],
      },
    },
  ];
  it.each(conditions)("are built from a condition, and back: %o", (condition) => {
    expect(conditionOf(treeOf(condition), TYPES)).toEqual(condition);
  });
  it("are no condition while one lacks its value", () => {
    const rule = newRule(FIELDS[0]);
    expect(conditionOf(newGroup([rule]), TYPES)).toBeNull();
    expect(conditionOf(newGroup([{ ...rule, values: ["many"] }]), TYPES)).toBeNull();
    expect(conditionOf(newGroup([]), TYPES)).toBeNull();
    const complete = conditionOf(newGroup([{ ...rule, values: ["7"] }]), TYPES);
    expect(complete).toEqual({ type: "compare", field: "age", op: "==", value: 7 });
  });
});
