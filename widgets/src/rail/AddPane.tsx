/** The lists of panels and of visualizations: a click adds one, or it is dragged to its place. */
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { DragPreview, type DragPreviewRenderer, useDrag } from "react-aria";
import { Button, Input, SearchField } from "react-aria-components";
import { useDropStore } from "../drop/context";
import { useBase } from "../sync/context";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { clip } from "../ui/Label";

export interface Addable {
  id: string;
  label: string;
  icon: string;
  run: () => void;
}

interface AddPaneProps {
  /** "Panels", "Visualizations". */
  title: string;
  entries: readonly Addable[];
  kind: "visualization" | "panel";
  /** Where they go, or why they can't. */
  note: string;
  isOff: boolean;
  onClose: () => void;
}

export function AddPane({ title, entries, kind, note, isOff, onClose }: AddPaneProps) {
  const { say } = useBase();
  const [text, setText] = useState("");
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  const search = `Search ${title.toLowerCase()}`;
  return (
    <>
      <header className="dr-pane-h">
        <h2>{title}</h2>
        <IconButton icon="rail" label="Close the list" onPress={onClose} />
      </header>
      <div className="dr-pane-search">
        <SearchField aria-label={search} value={text} onChange={setText} className="dr-field">
          <Icon name="search" />
          <Input placeholder={search} />
          {text !== "" && (
            <Button className="dr-ib" aria-label="Clear the search">
              <Icon name="close" small />
            </Button>
          )}
        </SearchField>
      </div>
      <div className="dr-pane-list">
        <ul aria-label={title}>
          {found.map((entry) => (
            <Entry
              key={entry.id}
              entry={entry}
              kind={kind}
              onPress={() => (isOff ? say(note) : entry.run())}
            />
          ))}
        </ul>
        {found.length === 0 && (
          <p className="dr-pane-none" role="status">
            {`Nothing is called “${clip(text.trim(), 60)}”.`}
          </p>
        )}
        <p className="dr-pane-none" dir="auto">
          {note}
        </p>
      </div>
    </>
  );
}

interface EntryProps {
  entry: Addable;
  kind: AddPaneProps["kind"];
  onPress: () => void;
}

/** Keys have no need to drag: Enter adds it to the panel that is named below. */
function Entry({ entry, kind, onPress }: EntryProps) {
  const { id, label, icon } = entry;
  const store = useDropStore();
  const preview = useRef<DragPreviewRenderer>(null);
  const { dragProps } = useDrag({
    preview,
    hasDragButton: true,
    getItems: () => [{ "application/x-dynreports": id }],
    getAllowedDropOperations: () => ["copy"],
    // The targets must be there before the browser goes on with its drag.
    onDragStart: () => flushSync(() => store.start({ what: "new", kind, id, label, icon, keyboard: false })),
    onDragEnd: store.end,
  });
  return (
    <li {...dragProps}>
      <Button className="dr-comp dr-comp-add-one" aria-label={`Add ${label}`} onPress={onPress}>
        <Icon name={icon} />
        <span className="dr-ell">{label}</span>
        <Icon name="plus" />
      </Button>
      <DragPreview ref={preview}>
        {() => (
          <div className="dr-ghost">
            <Icon name={icon} />
            <span className="dr-ell">{label}</span>
          </div>
        )}
      </DragPreview>
    </li>
  );
}
