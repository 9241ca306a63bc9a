/** The style sheets that ipyaggrid brings along: what they say stays, what they cost every page does not. */

/** Such a selector ends in a part of an input that has no name of its own, such as its placeholder. */
const COSTLY = /\[class\^="ag-"\][^,]*::(?!before|after)/;
const NARROWING = '[class^="ag-"]';

/** Such a selector is about whatever lies in a row that groups others, while it is pointed at. */
const HOVERED = /\.ag-row-hover(?=\.ag-full-width-row\.ag-row-group\s*>\s*\*)/g;

const seen = new WeakSet<Element>();

/** Name inputs of ag-grid's themes by their theme and type alone, not by the beginning of their class as well.
 *
 * A rule for a part of `[class^="ag-"]` makes browsers style all that lies below an element again when any class of
 * it changes, on the whole page, since nothing tells which of its descendants the rule is about. Likewise one for all
 * that lies in a row under the pointer makes them style every cell of two rows again whenever another row comes under
 * it, as in each step of a scroll: it places what lies in such a row in front of the row's colour, which may as well
 * always be so.
 */
export function easeThemes(page: Document): void {
  for (const style of page.querySelectorAll("style")) {
    if (seen.has(style)) continue;
    seen.add(style);
    if (!style.sheet || !style.textContent?.includes("ag-theme")) continue;
    for (const rule of style.sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule)) continue;
      const before = rule.selectorText;
      const after = (COSTLY.test(before) ? before.replaceAll(NARROWING, "") : before).replace(HOVERED, "");
      if (after !== before) rule.selectorText = after;
    }
  }
}
