/** What was ignored or assumed when the data was read. One can put the note away until something new is said. */
import { useState } from "react";
import { useShell } from "../sync/context";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";

export function Notes() {
  const { notes } = useShell().state;
  const [seen, setSeen] = useState<readonly string[]>([]);
  const fresh = notes.filter((note) => !seen.includes(note));
  if (fresh.length === 0) return null;
  return (
    <div className="dr-notice dr-noprint" role="note" aria-label="About the data">
      <Icon name="info" />
      {fresh.length === 1 ? (
        <div dir="auto">{fresh[0]}</div>
      ) : (
        <ul tabIndex={0} aria-label="Notes about the data">
          {fresh.map((note) => (
            <li key={note} dir="auto">
              {note}
            </li>
          ))}
        </ul>
      )}
      <IconButton icon="close" label="Put this note away" onPress={() => setSeen(notes)} />
    </div>
  );
}
