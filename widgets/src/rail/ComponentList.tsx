/** The components of one group: pick several with Shift or Ctrl, drag them by mouse or with Enter. */
import { memo } from "react";
import { ListBox, ListBoxItem, type Selection, Text, useDragAndDrop } from "react-aria-components";
import { useDragControls } from "../drop";
import { useBase } from "../sync/context";
import { Icon, KindGlyph } from "../ui/Icon";
import { clip, meaning } from "../ui/Label";
import { type GroupView, keyOf } from "./groups";

/** What is picked: in one group at a time. */
export type Picked = { group: string; keys: ReadonlySet<string> } | null;

interface ComponentListProps {
  view: GroupView;
  picked: Picked;
  onPick: (picked: Picked) => void;
}

/** Drawn again only when its own entries change: it is the part of a workspace that costs most to draw. */
export const ComponentList = memo(function ComponentList({ view, picked, onPick }: ComponentListProps) {
  const { startDrag, endDrag } = useDragControls();
  const { misfits } = useBase();
  const byKey = new Map(view.components.map((component) => [keyOf(component), component]));
  const itemsOf = (keys: Iterable<React.Key>) =>
    [...keys].flatMap((key) => {
      const component = byKey.get(String(key));
      return component ? [{ ref: { kind: component.kind, id: component.id }, label: component.label }] : [];
    });
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => itemsOf(keys).map((item) => ({ "application/x-dynreports": keyOf(item.ref) })),
    getAllowedDropOperations: () => ["copy"],
    onDragStart: ({ keys }) => startDrag(itemsOf(keys)),
    onDragEnd: endDrag,
    renderDragPreview: (items) => {
      const [first] = items;
      const component = first && byKey.get(first["application/x-dynreports"] ?? "");
      return (
        <div className="dr-ghost">
          {component && <KindGlyph kind={component.kind} />}
          <span className="dr-ell" dir="auto">
            {items.length > 1 ? `${items.length} components` : component?.label}
          </span>
        </div>
      );
    },
  });
  if (view.components.length === 0) return null;
  const pick = (keys: Selection): void => {
    const chosen = keys === "all" ? [...byKey.keys()] : [...keys].map(String);
    onPick(chosen.length === 0 ? null : { group: view.info.id, keys: new Set(chosen) });
  };
  return (
    <ListBox
      aria-label={view.info.title}
      className="dr-grp-list"
      items={view.components}
      selectionMode="multiple"
      selectionBehavior="replace"
      selectedKeys={picked?.group === view.info.id ? picked.keys : []}
      onSelectionChange={pick}
      dragAndDropHooks={dragAndDropHooks}
      dependencies={[view, misfits]}
    >
      {(component) => (
        <ListBoxItem
          id={keyOf(component)}
          textValue={component.label}
          className={`dr-comp ${misfits[keyOf(component)] ? "dr-misfit" : ""}`}
          data-component={keyOf(component)}
        >
          <Icon name="grip" />
          <KindGlyph kind={component.kind} />
          <Text
            slot="label"
            className="dr-ell"
            dir="auto"
            title={[
              misfits[keyOf(component)],
              meaning(component.label, component.description, component.formula),
            ]
              .filter(Boolean)
              .join("\n\n")}
          >
            {component.label}
          </Text>
          {(misfits[keyOf(component)] || component.description) && (
            <Text slot="description" className="dr-sr">
              {misfits[keyOf(component)] && `Does not fit the table: ${clip(misfits[keyOf(component)]!)} `}
              {clip(component.description)}
            </Text>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  );
});
