/** What can stand at the caret of a formula: metrics; segments after "where"; fields inside of a function. */
import type { Component, FieldInfo, Kind } from "../sync/types";

export interface Option {
  label: string;
  kind: Kind | "function" | "field";
  /** What replaces the part that is typed. */
  insert: string;
}
export interface Suggestion {
  /** Which part of the text an option replaces. */
  from: number;
  to: number;
  options: Option[];
  /** Whether something is begun that an option would complete. */
  isBegun: boolean;
}
const FUNCTIONS = ["count", "sum", "mean", "min", "max", "distinct"];
const MOST = 8;
const CALLED = /(sum|mean|min|max|distinct)\(\s*$/i;
const WHERE = /\bwhere\s*$/i;

export function suggest(
  text: string,
  caret: number,
  catalog: readonly Component[],
  fields: readonly FieldInfo[],
): Suggestion {
  const before = text.slice(0, caret);
  const open = /\[((?:[^\]]|\]\])*)$/.exec(before);
  const word = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(before);
  const from = open?.index ?? word?.index ?? caret;
  const typed = (open ? open[1]! : (word?.[0] ?? "")).toLowerCase();
  const context = before.slice(0, from);
  const closing = open && text[caret] === "]" ? 1 : 0;
  const choices = optionsIn(context, open !== null, catalog, fields);
  const hits = choices.filter(({ label }) => label.toLowerCase().includes(typed));
  const starts = (option: Option): boolean => option.label.toLowerCase().startsWith(typed);
  const options = [...hits.filter(starts), ...hits.filter((hit) => !starts(hit))].slice(0, MOST);
  const isBegun = open !== null || typed !== "" || CALLED.test(context) || WHERE.test(context);
  return { from, to: caret + closing, options, isBegun };
}

function optionsIn(
  context: string,
  isOpen: boolean,
  catalog: readonly Component[],
  fields: readonly FieldInfo[],
): Option[] {
  const called = CALLED.exec(context);
  if (called) {
    const numbers = called[1]!.toLowerCase() !== "distinct";
    return fields
      .filter(({ type }) => !numbers || type === "integer" || type === "number")
      .map(({ name }) => ({ label: name, kind: "field", insert: `${bracketed(name)})` }));
  }
  const kind: Kind = WHERE.test(context) ? "segment" : "metric";
  const named = catalog
    .filter((each) => each.kind === kind)
    .map(({ label }): Option => ({ label, kind, insert: bracketed(label) }));
  if (isOpen || kind === "segment") return named;
  const functions = FUNCTIONS.map((name): Option => ({
    label: name,
    kind: "function",
    insert: name === "count" ? "count()" : `${name}(`,
  }));
  return [...named, ...functions];
}

export function bracketed(name: string): string {
  return `[${name.replaceAll("]", "]]")}]`;
}

/** The text with an option in it, and where the caret goes. */
export function withOption(text: string, { from, to }: Suggestion, option: Option): [string, number] {
  return [text.slice(0, from) + option.insert + text.slice(to), from + option.insert.length];
}
