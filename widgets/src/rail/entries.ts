/** What the lists of the rail are made of: components, and the items of one of them. */
import type { DragItem } from "../drop";
import type { ItemsAnswer } from "../sync/answers";
import type { Component, Kind } from "../sync/types";
import { clip, meaning } from "../ui/Label";
import { keyOf } from "./groups";

/** One line of a list, and what is dragged with it. */
export interface RailEntry extends DragItem {
  key: string;
  kind: Kind;
  /** Set smaller behind the label, and at the right end. */
  caption: string | null;
  count: string | null;
  tip: string;
  /** What a screen reader is told besides the label. */
  said: string;
  isMisfit: boolean;
}

export function ofComponents(
  components: readonly Component[],
  misfits: Readonly<Record<string, string>>,
): RailEntry[] {
  return components.map(({ kind, id, label, description, formula }) => {
    const key = keyOf({ kind, id });
    const misfit = misfits[key];
    return {
      key,
      kind,
      ref: { kind, id },
      label,
      caption: null,
      count: null,
      tip: [misfit, meaning(label, description, formula)].filter(Boolean).join("\n\n"),
      said: [misfit && `Does not fit the table: ${clip(misfit)}`, clip(description)]
        .filter(Boolean)
        .join(" "),
      isMisfit: misfit !== undefined,
    };
  });
}

export function ofItems({ kind, id, label: dimension }: Component, { items }: ItemsAnswer): RailEntry[] {
  return items.map(({ item, label, caption, records }) => ({
    key: `item:${kind}:${id}:${JSON.stringify(item)}`,
    kind,
    ref: { kind, id },
    item: { value: item },
    label,
    caption,
    count: records,
    tip: clip(`${dimension}: ${label}${caption === null ? "" : ` (${caption})`}\n${records} records`),
    said: `${records} records`,
    isMisfit: false,
  }));
}

/** Whether a component has items that can be listed. */
export function hasItems({ kind }: { kind: Kind }): boolean {
  return kind === "dimension" || kind === "time";
}

/** What a drag or the menu of places is told of an entry. */
export function dragItemOf({ ref, label, item }: RailEntry): DragItem {
  return { ref, label, ...(item === undefined ? {} : { item }) };
}
