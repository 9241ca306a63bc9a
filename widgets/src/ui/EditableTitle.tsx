/** A title that is edited in place: Enter or leaving keeps it, Escape puts the old one back. */
import { type JSX, useRef, useState } from "react";
import { clip } from "./Label";

interface EditableTitleProps {
  as: "h1" | "h2" | "h3";
  title: string;
  /** What the title belongs to: "report", "panel", "table". */
  what: string;
  onRename: (title: string) => void;
}

export function EditableTitle({ as, title, what, onRename }: EditableTitleProps) {
  const Heading = as as keyof Pick<JSX.IntrinsicElements, "h1" | "h2" | "h3">;
  const [draft, setDraft] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);

  const close = (keep: boolean): void => {
    const next = draft?.trim();
    setDraft(null);
    if (keep && next && next !== title) onRename(next);
  };
  if (draft !== null) {
    return (
      <Heading className="dr-edit">
        <input
          aria-label={`Title of the ${what}`}
          value={draft}
          dir="auto"
          autoFocus
          maxLength={200}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => close(true)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== "Escape") return;
            event.preventDefault();
            close(event.key === "Enter");
            requestAnimationFrame(() => button.current?.focus());
          }}
        />
      </Heading>
    );
  }
  return (
    <Heading className="dr-edit">
      <button
        ref={button}
        type="button"
        className="dr-ell"
        dir="auto"
        title={`Rename: ${clip(title)}`}
        onClick={() => setDraft(title)}
      >
        {title}
      </button>
    </Heading>
  );
}
