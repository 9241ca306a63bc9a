/** The lists of panels and of visualizations: a click adds one. */
import { useState } from "react";
import { Button, Input, SearchField } from "react-aria-components";
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
  /** Where they go, or why they can't. */
  note: string;
  isOff: boolean;
  onClose: () => void;
}

export function AddPane({ title, entries, note, isOff, onClose }: AddPaneProps) {
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
            <li key={entry.id}>
              <Button
                className="dr-comp dr-comp-add-one"
                aria-label={`Add ${entry.label}`}
                onPress={() => (isOff ? say(note) : entry.run())}
              >
                <Icon name={entry.icon} />
                <span className="dr-ell">{entry.label}</span>
                <Icon name="plus" />
              </Button>
            </li>
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
