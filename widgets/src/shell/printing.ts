/** The browser's own print menu: what is out of sight is drawn for it, at once, and tables are put on paper. */
import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { turns } from "../ui/turns";

let isPrinting = false;

/** Whether the page is being printed just now. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => isPrinting);
}

/** The browser takes the page as it is when its events return: what is to be on paper has to stand there by then. */
function subscribe(listener: () => void): () => void {
  const begin = (): void => {
    isPrinting = true;
    turns.hurry(true);
    flushSync(listener);
  };
  const end = (): void => {
    isPrinting = false;
    turns.hurry(false);
    listener();
  };
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  return () => {
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
  };
}
