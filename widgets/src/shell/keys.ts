/** The keyboard: our own shortcuts, and keeping JupyterLab from taking the rest.
 *
 * JupyterLab listens on the document and acts on bare letters ("d d" deletes the cell), so what is typed in
 * our root ends there. Its own combinations, such as Ctrl+S when we have nothing to save, go through.
 */

/** Combinations with Ctrl or Meta that edit or navigate; Enter would run the cell anew. */
const OURS = new Set(
  ["a", "c", "v", "x", "y", "z", "Backspace", "Delete", "Enter", "Home", "End", " "].concat([
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "ArrowDown",
  ]),
);

export function stopsAtRoot(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey">): boolean {
  if (!event.ctrlKey && !event.metaKey) return true;
  // With Shift too, JupyterLab has its palette on C, and more.
  if (event.shiftKey && /^[a-y]$/i.test(event.key)) return false;
  return OURS.has(event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

/** A shortcut as menus show it: "Ctrl Shift Z". Letters and digits are keys by their place (`code`), because
 * with Alt a Mac types other characters. */
export function matches(
  shortcut: string,
  event: Pick<KeyboardEvent, "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">,
): boolean {
  if (shortcut === "") return false;
  const parts = shortcut.split(" ");
  const key = parts.pop()!;
  const code = /^\d$/.test(key) ? `Digit${key}` : `Key${key}`;
  return (
    event.code === code &&
    (event.ctrlKey || event.metaKey) === parts.includes("Ctrl") &&
    event.shiftKey === parts.includes("Shift") &&
    event.altKey === parts.includes("Alt")
  );
}

/** Whether the event comes from a place where text is typed, which has an undo of its own. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Keep what is typed inside the root; runs after our own handlers, which sit deeper. */
export function trapKeys(root: HTMLElement): () => void {
  const stop = (event: KeyboardEvent): void => {
    if (stopsAtRoot(event) || event.defaultPrevented) event.stopPropagation();
  };
  root.addEventListener("keydown", stop);
  return () => root.removeEventListener("keydown", stop);
}
