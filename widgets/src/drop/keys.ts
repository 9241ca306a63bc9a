/** Arrow keys in a keyboard drag: react-aria walks with Tab only.
 *
 * The listener sits on the window, so it hears a key before react-aria's drag session swallows it. A focused
 * target is the current one for that session.
 */
export function walkWithArrows(elements: () => HTMLElement[]): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const jump = { Home: 0, End: -1 }[event.key];
    if (step === undefined && jump === undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const all = elements();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const start = at < 0 && step === -1 ? 0 : at;
    const next = jump === undefined ? all[(start + step! + all.length) % all.length] : all.at(jump);
    next?.focus();
  };
  window.addEventListener("keydown", onKey, true);
  return () => window.removeEventListener("keydown", onKey, true);
}
