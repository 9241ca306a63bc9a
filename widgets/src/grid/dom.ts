/** Elements made by hand for the inside of the grid. Text only ever goes in as text. */
import { clip } from "../ui/Label";
import { OTHER } from "./focus";

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  text?: string,
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

export function icon(name: string, small = false): HTMLElement {
  const node = el("i", `dr-i dr-i-${name}${small ? " dr-i-12" : ""}`);
  node.setAttribute("aria-hidden", "true");
  return node;
}

/** A button of the grid. It is found by `data-act`; Tab passes it by, Enter on its cell leads to it. */
export function button(
  act: string,
  name: string,
  className: string,
  ...children: (Node | string)[]
): HTMLButtonElement {
  const node = el("button", className);
  node.type = "button";
  node.tabIndex = -1;
  node.dataset.act = act;
  node.setAttribute("aria-label", clip(name));
  node.title = clip(name);
  node.append(...children);
  return node;
}

/** Put new children in place of the old ones and keep the focus on the control that had it. */
export function refill(host: HTMLElement, ...children: (Node | string)[]): void {
  const active = host.ownerDocument.activeElement;
  const act = active instanceof HTMLElement && host.contains(active) ? active.dataset.act : undefined;
  host.replaceChildren(...children);
  if (act === undefined) return;
  const find = (name: string | undefined): HTMLElement | null =>
    name === undefined ? null : host.querySelector<HTMLElement>(`[data-act="${name}"]:not(:disabled)`);
  const target = find(act) ?? find(OTHER[act]);
  (target ?? host.closest<HTMLElement>(".ag-cell, .ag-header-cell"))?.focus({ preventScroll: true });
}
