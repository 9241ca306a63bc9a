/** Which reports are listed, and in which order: pure. */
import type { ReportEntry } from "../sync/home";

export interface Filters {
  text: string;
  kind: ReportEntry["kind"] | null;
  owners: ReadonlySet<string>;
  channels: ReadonlySet<string>;
}
export type Order = { by: "title" | "modified"; descending: boolean };

export const NO_FILTERS: Filters = { text: "", kind: null, owners: new Set(), channels: new Set() };
export const NEWEST_FIRST: Order = { by: "modified", descending: true };
export const ALL_CHANNELS = "All channels";

export const channelsOf = (report: ReportEntry): string[] =>
  report.channels.length > 0 ? report.channels : [ALL_CHANNELS];

/** Case and accents do not matter: "resume" finds "Résumé". */
const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();

/** Whether each word of a search stands somewhere in a text. */
export function matching(text: string, search: string): boolean {
  const within = plain(text);
  return plain(search)
    .split(/\s+/)
    .every((word) => within.includes(word));
}

export function chosen(reports: readonly ReportEntry[], filters: Filters, order: Order): ReportEntry[] {
  const kept = reports.filter((report) => {
    return (
      (filters.kind === null || report.kind === filters.kind) &&
      (filters.owners.size === 0 || filters.owners.has(report.owner)) &&
      (filters.channels.size === 0 || channelsOf(report).some((each) => filters.channels.has(each))) &&
      matching(report.title, filters.text)
    );
  });
  return kept.sort(comparison(order));
}

/** Templates have no date: by date they follow the others, in the order in which they come. */
function comparison({ by, descending }: Order): (a: ReportEntry, b: ReportEntry) => number {
  const sign = descending ? -1 : 1;
  const names = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  if (by === "title") return (a, b) => sign * names.compare(a.title, b.title);
  return (a, b) => {
    if (a.kind !== b.kind) return a.kind === "custom" ? -1 : 1;
    return a.kind === "template" ? 0 : sign * (a.stamp - b.stamp);
  };
}

/** Each value with how many reports have it, the most frequent first. */
export function counted(values: Iterable<string>): [value: string, count: number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}

export function isFiltered(filters: Filters): boolean {
  const { text, kind, owners, channels } = filters;
  return text.trim() !== "" || kind !== null || owners.size > 0 || channels.size > 0;
}

/** A copy of a set with a member put in or taken out. */
export function toggled<T>(set: ReadonlySet<T>, member: T): Set<T> {
  const found = new Set(set);
  if (!found.delete(member)) found.add(member);
  return found;
}
