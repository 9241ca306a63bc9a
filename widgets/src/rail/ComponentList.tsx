/** One list of the rail: pick several with Shift or Ctrl, drag them by mouse or with Enter. */
import { memo, useMemo } from "react";
import { ListBox, ListBoxItem, type Selection, Text, useDragAndDrop } from "react-aria-components";
import { useDragControls } from "../drop";
import { useBase } from "../sync/context";
import { Icon, KindGlyph } from "../ui/Icon";
import { dragItemOf, hasItems, ofComponents, type RailEntry } from "./entries";
import type { GroupView } from "./groups";

/** What is picked: in one list at a time. */
export type Picked = { group: string; keys: ReadonlySet<string> } | null;

interface PickProps {
  picked: Picked;
  onPick: (picked: Picked) => void;
}

/** Drawn again only when its own entries change: it is the part of a workspace that costs most to draw. */
export const ComponentList = memo(function ComponentList({ view, ...pick }: PickProps & { view: GroupView }) {
  const { misfits } = useBase();
  const entries = useMemo(() => ofComponents(view.components, misfits), [view, misfits]);
  return <DragList id={view.info.id} label={view.info.title} entries={entries} {...pick} />;
});

interface DragListProps extends PickProps {
  id: string;
  label: string;
  entries: readonly RailEntry[];
}

export function DragList({ id, label, entries, picked, onPick }: DragListProps) {
  const { startDrag, endDrag } = useDragControls();
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const entriesOf = (keys: Iterable<React.Key>) => [...keys].flatMap((key) => byKey.get(String(key)) ?? []);
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => entriesOf(keys).map(({ key }) => ({ "application/x-dynreports": key })),
    getAllowedDropOperations: () => ["copy"],
    onDragStart: ({ keys }) => startDrag(entriesOf(keys).map(dragItemOf)),
    onDragEnd: endDrag,
    renderDragPreview: (items) => {
      const [first] = items;
      const entry = first && byKey.get(first["application/x-dynreports"] ?? "");
      const several = `${items.length} ${entry?.item === undefined ? "components" : "items"}`;
      return (
        <div className="dr-ghost">
          {entry && <KindGlyph kind={entry.kind} />}
          <span className="dr-ell" dir="auto">
            {items.length > 1 ? several : entry?.label}
          </span>
        </div>
      );
    },
  });
  if (entries.length === 0) return null;
  const pick = (keys: Selection): void => {
    const chosen = keys === "all" ? [...byKey.keys()] : [...keys].map(String);
    onPick(chosen.length === 0 ? null : { group: id, keys: new Set(chosen) });
  };
  return (
    <ListBox
      aria-label={label}
      className="dr-grp-list"
      items={entries.map((entry) => ({ ...entry, id: entry.key }))}
      selectionMode="multiple"
      selectionBehavior="replace"
      selectedKeys={picked?.group === id ? picked.keys : []}
      onSelectionChange={pick}
      dragAndDropHooks={dragAndDropHooks}
      dependencies={[entries]}
    >
      {({ key, kind, label, caption, count, tip, said, isMisfit, item }) => (
        <ListBoxItem
          id={key}
          textValue={label}
          className={`dr-comp ${isMisfit ? "dr-misfit" : ""} ${item === undefined ? "" : "dr-comp-item"}`}
          data-component={key}
          data-items={(item === undefined && hasItems({ kind })) || undefined}
        >
          <Icon name="grip" />
          <KindGlyph kind={kind} />
          <Text slot="label" className="dr-ell" dir="auto" title={tip}>
            {label}
            {caption !== null && <span className="dr-caption"> ({caption})</span>}
          </Text>
          {count !== null && (
            <span className="dr-comp-count" aria-hidden="true">
              {count}
            </span>
          )}
          {said !== "" && (
            <Text slot="description" className="dr-sr">
              {said}
            </Text>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  );
}
