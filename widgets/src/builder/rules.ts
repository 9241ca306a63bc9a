/** A condition as people build it: rules in groups, each with all or any of them, negated or not. */
import type { Condition, FieldInfo } from "../sync/types";

export type FieldType = FieldInfo["type"];
export interface Rule {
  kind: "rule";
  key: number;
  field: string;
  op: string;
  values: string[];
}
export interface Group {
  kind: "group";
  key: number;
  any: boolean;
  not: boolean;
  rules: Node[];
}
/** A condition that has no rule of its own here (a period, say): it is kept as it is. */
export interface Kept {
  kind: "kept";
  key: number;
  condition: Condition;
}
export type Node = Rule | Group | Kept;

interface Operator {
  id: string;
  label: string;
  /** How many values it takes; null: any number. */
  values: number | null;
  types: readonly FieldType[];
}
const ALL: readonly FieldType[] = ["text", "integer", "number", "boolean", "time"];
const ORDERED: readonly FieldType[] = ["integer", "number"];
const WORDS: readonly FieldType[] = ["text"];
export const OPERATORS: readonly Operator[] = [
  { id: "==", label: "is", values: 1, types: ["text", "integer", "number", "boolean"] },
  { id: "!=", label: "is another value than", values: 1, types: ["text", "integer", "number"] },
  { id: "in", label: "is one of", values: null, types: ["text", "integer"] },
  { id: "contains", label: "contains", values: 1, types: WORDS },
  { id: "not contains", label: "does not contain", values: 1, types: WORDS },
  { id: "starts_with", label: "starts with", values: 1, types: WORDS },
  { id: "<", label: "is less than", values: 1, types: ORDERED },
  { id: "<=", label: "is at most", values: 1, types: ORDERED },
  { id: ">", label: "is more than", values: 1, types: ORDERED },
  { id: ">=", label: "is at least", values: 1, types: ORDERED },
  { id: "<", label: "is before", values: 1, types: ["time"] },
  { id: ">=", label: "is from", values: 1, types: ["time"] },
  { id: "between", label: "is between", values: 2, types: [...ORDERED, "time"] },
  { id: "null", label: "has no value", values: 0, types: ALL },
  { id: "not null", label: "has a value", values: 0, types: ALL },
];

export function operatorsOf(type: FieldType): Operator[] {
  return OPERATORS.filter(({ types }) => types.includes(type));
}

let last = 0;
export const newRule = (field: FieldInfo | undefined): Rule => ({
  kind: "rule",
  key: (last += 1),
  field: field?.name ?? "",
  op: operatorsOf(field?.type ?? "text")[0]!.id,
  values: [],
});
export const newGroup = (rules: Node[], any = false, not = false): Group => ({
  kind: "group",
  key: (last += 1),
  any,
  not,
  rules,
});

/** The condition of a tree; null while a rule lacks a value. */
export function conditionOf(node: Node, types: ReadonlyMap<string, FieldType>): Condition | null {
  if (node.kind === "kept") return node.condition;
  if (node.kind === "rule") return ruleCondition(node, types.get(node.field));
  const parts: Condition[] = [];
  for (const each of node.rules) {
    const part = conditionOf(each, types);
    if (part === null) return null;
    parts.push(part);
  }
  if (parts.length === 0) return null;
  const joined = parts.length === 1 ? parts[0]! : { type: node.any ? "or" : "and", parts };
  return node.not ? { type: "not", of: joined } : joined;
}

function ruleCondition(rule: Rule, type: FieldType | undefined): Condition | null {
  const operator = type && operatorsOf(type).find(({ id }) => id === rule.op);
  if (!operator) return null;
  const values = rule.values.map((each) => valueOf(each, type));
  const needed = operator.values ?? Math.max(1, values.length);
  if (values.length < needed || values.slice(0, needed).some((each) => each === null)) return null;
  const { field } = rule;
  const [value, high] = values;
  switch (rule.op) {
    case "in":
      return { type: "in", field, values };
    case "between":
      return { type: "between", field, low: value, high };
    case "contains":
    case "starts_with":
      return { type: rule.op, field, text: String(value) };
    case "not contains":
      return { type: "not", of: { type: "contains", field, text: String(value) } };
    case "null":
      return { type: "null", field };
    case "not null":
      return { type: "not", of: { type: "null", field } };
    default:
      return { type: "compare", field, op: rule.op, value };
  }
}

function valueOf(text: string, type: FieldType): string | number | boolean | null {
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : null;
  if (type === "text" || type === "time") return text === "" ? null : text;
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : null;
}

/** The tree that a condition was built as, or could have been. */
export function treeOf(condition: Condition): Group {
  const node = nodeOf(condition);
  return node.kind === "group" ? node : newGroup([node]);
}

function nodeOf(condition: Condition): Node {
  const { type, of, parts } = condition;
  if ((type === "and" || type === "or") && parts) return newGroup(parts.map(nodeOf), type === "or");
  if (type === "not" && of) {
    const inner = ruleOf(of);
    if (inner?.op === "contains" || inner?.op === "null") return { ...inner, op: `not ${inner.op}` };
    const group = treeOf(of);
    return group.not ? newGroup([group], false, true) : { ...group, not: true };
  }
  return ruleOf(condition) ?? { kind: "kept", key: (last += 1), condition };
}

function ruleOf({ type, field, op, value, values, text, low, high }: Condition): Rule | null {
  const made = (operator: string, ...given: unknown[]): Rule => ({
    kind: "rule",
    key: (last += 1),
    field: String(field),
    op: operator,
    values: given.map(String),
  });
  switch (type) {
    case "compare":
      return OPERATORS.some(({ id }) => id === op) ? made(String(op), value) : null;
    case "in":
      return made("in", ...(values as unknown[]));
    case "between":
      return made("between", low, high);
    case "contains":
    case "starts_with":
      return made(type, text);
    case "null":
      return made("null");
    default:
      return null;
  }
}
