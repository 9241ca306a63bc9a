/** How the catalog is arranged in the list: four groups, entries that open a second level, search over all. */
import type { Component, Kind } from "../sync/types";

export const FEW = 5;

export interface GroupInfo {
  id: string;
  title: string;
  /** What one of them is called. */
  one: string;
  kinds: readonly Kind[];
}
export const GROUPS: readonly GroupInfo[] = [
  { id: "dimensions", title: "Dimensions", one: "dimension", kinds: ["dimension"] },
  { id: "metrics", title: "Metrics", one: "metric", kinds: ["metric"] },
  { id: "segments", title: "Segments", one: "segment", kinds: ["segment"] },
  { id: "time", title: "Time", one: "unit or period", kinds: ["time", "period"] },
];

/** An entry that opens a second level. */
export interface Folder {
  name: string;
  count: number;
}
export interface GroupView {
  info: GroupInfo;
  components: Component[];
  folders: Folder[];
  /** Entries of the group in all; there are more than shown when it is greater. */
  total: number;
  shown: number;
}

export const keyOf = (component: { kind: Kind; id: string }): string => `${component.kind}:${component.id}`;

const LABELS = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
/** Periods keep the order that they ship in: the alphabet says nothing of "Today" and "Yesterday". */
const RANKS: Record<Kind, number> = { dimension: 0, metric: 0, segment: 0, time: 0, period: 1 };

/** The catalog in the order of the list: what this person uses most, then by label. */
export function ranked(catalog: readonly Component[], usage: Readonly<Record<string, number>>): Component[] {
  const place = new Map(catalog.map((component, index) => [component, index]));
  const uses = (component: Component): number => usage[keyOf(component)] ?? 0;
  return [...catalog].sort(
    (a, b) =>
      uses(b) - uses(a) ||
      RANKS[a.kind] - RANKS[b.kind] ||
      (a.kind === "period" ? 0 : LABELS.compare(nameOf(a), nameOf(b)) || LABELS.compare(a.label, b.label)) ||
      place.get(a)! - place.get(b)!,
  );
}

/** What an entry of the list is called: a component in a folder goes by the folder. */
function nameOf(component: Component): string {
  return component.group ?? component.label;
}

function componentsOf(catalog: readonly Component[], info: GroupInfo): Component[] {
  return catalog.filter((component) => info.kinds.includes(component.kind));
}

/** The groups as they stand at first: the first five entries each, a folder counting as one. */
export function overview(catalog: readonly Component[]): GroupView[] {
  return GROUPS.map((info) => viewOf(catalog, info, FEW)).filter((view) => view.total > 0);
}

/** One group in full. */
export function fullGroup(catalog: readonly Component[], info: GroupInfo): GroupView {
  return viewOf(catalog, info, Infinity);
}

function viewOf(catalog: readonly Component[], info: GroupInfo, most: number): GroupView {
  const components: Component[] = [];
  const folders: Folder[] = [];
  const all = componentsOf(catalog, info);
  const names = new Map<string, Folder>();
  let total = 0;
  for (const component of all) {
    const known = component.group === null ? undefined : names.get(component.group);
    if (known) {
      known.count += 1;
      continue;
    }
    total += 1;
    if (component.group === null) {
      if (total <= most) components.push(component);
      continue;
    }
    const folder = { name: component.group, count: 1 };
    names.set(component.group, folder);
    if (total <= most) folders.push(folder);
  }
  return { info, components, folders, total, shown: components.length + folders.length };
}

/** What lies in a folder of a group. */
export function folderContent(catalog: readonly Component[], info: GroupInfo, folder: string): Component[] {
  return componentsOf(catalog, info).filter((component) => component.group === folder);
}

/** The components with a name (or the name of their folder) that contains every word, those that start with it first. */
export function search(
  catalog: readonly Component[],
  text: string,
  groups: readonly GroupInfo[] = GROUPS,
): GroupView[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  const found = (component: Component): boolean => {
    const name = plain(`${component.label} ${component.group ?? ""}`);
    return words.every((word) => name.includes(word));
  };
  return groups
    .map((info) => {
      const hits = componentsOf(catalog, info).filter(found);
      const starts = (component: Component): boolean => plain(component.label).startsWith(words[0] ?? "");
      const components = [...hits.filter(starts), ...hits.filter((hit) => !starts(hit))];
      return { info, components, folders: [], total: components.length, shown: components.length };
    })
    .filter((view) => view.total > 0);
}

/** Lower case without accents: "Evénement" is found by "evenement". */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}
