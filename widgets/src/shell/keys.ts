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

const MODIFIERS = new Set(["Alt", "Control", "Meta", "Shift"]);

/** Inputs that hold no text; Ctrl+Z does nothing of its own in them. */
const CHOICES = new Set(["checkbox", "radio", "button", "range", "submit"]);

/** Whether the event comes from a place where text is typed, which has an undo of its own. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !CHOICES.has(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Keep what is typed inside the root; runs after our own handlers, which sit deeper.
 *
 * After a menu or a dialog closed nothing has the focus for a frame or two, or for good. What is typed then is
 * meant for the workspace that had it, and not for the notebook: "d d" deletes a cell there.
 */
export function trapKeys(root: HTMLElement): () => void {
  const listening = new AbortController();
  const early = { capture: true, signal: listening.signal };
  const stop = (event: KeyboardEvent): void => {
    if (stopsAtRoot(event) || event.defaultPrevented) event.stopPropagation();
  };
  let isUsed = false;
  const note = ({ target }: Event): void => {
    isUsed = target instanceof Node && root.contains(target);
  };
  const lost = (event: KeyboardEvent): void => {
    if (!isUsed || event.target !== document.body) return;
    // What the workspace lets through goes up from there, as if it had the focus: heard once.
    event.stopImmediatePropagation();
    // At the Ctrl of a Ctrl+Z JupyterLab would give the focus to a cell.
    if (MODIFIERS.has(event.key)) return;
    const again = new KeyboardEvent(event.type, event);
    if (!(root.querySelector(".dr-shell") ?? root).dispatchEvent(again)) event.preventDefault();
  };
  root.addEventListener("keydown", stop, { signal: listening.signal });
  document.addEventListener("focusin", note, early);
  document.addEventListener("pointerdown", note, early);
  document.addEventListener("keydown", lost, early);
  return () => listening.abort();
}
