/** The style sheets that ipyaggrid brings along: what they say stays, what they cost every page does not. */

/** Such a selector ends in a part of an input that has no name of its own, such as its placeholder. */
const COSTLY = /\[class\^="ag-"\][^,]*::(?!before|after)/;
const NARROWING = '[class^="ag-"]';

const seen = new WeakSet<Element>();

/** Name inputs of ag-grid's themes by their theme and type alone, not by the beginning of their class as well.
 *
 * A rule for a part of `[class^="ag-"]` makes browsers style all that lies below an element again when any class of
 * it changes, on the whole page, since nothing tells which of its descendants the rule is about.
 */
export function easeThemes(page: Document): void {
  for (const style of page.querySelectorAll("style")) {
    if (seen.has(style)) continue;
    seen.add(style);
    if (!style.sheet || !style.textContent?.includes("ag-theme")) continue;
    for (const rule of style.sheet.cssRules)
      if (rule instanceof CSSStyleRule && COSTLY.test(rule.selectorText))
        rule.selectorText = rule.selectorText.replaceAll(NARROWING, "");
  }
}
