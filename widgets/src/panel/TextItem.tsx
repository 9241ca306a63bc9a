/** Words between the figures, edited in place: plain text, a blank line begins a paragraph. */
import { memo, useRef, useState } from "react";
import { useBase } from "../sync/context";
import type { ItemState, TextState } from "../sync/items";
import { Icon } from "../ui/Icon";
import { clip } from "../ui/Label";
import { ItemFrame } from "./ItemFrame";

const LONGEST = 20_000;

export const TextItem = memo(function TextItem({
  text,
  items,
}: {
  text: TextState;
  items: readonly ItemState[];
}) {
  return (
    <ItemFrame item={text} items={items} mark={<Icon name="text" small />} look="text">
      <Words text={text} />
    </ItemFrame>
  );
});

function Words({ text }: { text: TextState }) {
  const { send } = useBase();
  const [draft, setDraft] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (keep: boolean): void => {
    if (keep && draft !== null && draft !== text.text)
      void send({ verb: "set_text", text: text.id, value: draft });
    setDraft(null);
  };
  if (draft === null)
    return (
      <div className="dr-text">
        {text.text.trim() === "" ? (
          <p className="dr-text-none">No words yet.</p>
        ) : (
          <Paragraphs text={text.text} />
        )}
        <button
          ref={button}
          type="button"
          className="dr-text-edit"
          aria-label={clip(`Edit the words of ${text.title}`)}
          onClick={() => setDraft(text.text)}
        />
      </div>
    );
  return (
    <textarea
      className="dr-input dr-text-field"
      aria-label={clip(`Words of ${text.title}`)}
      value={draft}
      dir="auto"
      autoFocus
      maxLength={LONGEST}
      rows={Math.min(20, Math.max(4, draft.split("\n").length + 1))}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => close(true)}
      onKeyDown={(event) => {
        const isKept = event.key === "Enter" && (event.ctrlKey || event.metaKey);
        if (!isKept && event.key !== "Escape") return;
        event.preventDefault();
        close(isKept);
        requestAnimationFrame(() => button.current?.focus());
      }}
    />
  );
}

/** The words as they are read; lines stay lines. */
export function Paragraphs({ text }: { text: string }) {
  return text
    .split(/\n\s*\n/)
    .filter((each) => each.trim() !== "")
    .map((each, index) => (
      <p key={index} dir="auto">
        {each.trim()}
      </p>
    ));
}
