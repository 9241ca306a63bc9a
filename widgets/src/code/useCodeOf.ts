/** The code of a table as it stands: asked for anew after every change, the last one kept in view meanwhile. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { useDrop } from "../drop/context";
import { useShell } from "../sync/context";
import type { CodeAnswer, CodeForm } from "../sync/types";

export interface Shown {
  answer: CodeAnswer | null;
  error: string | null;
}
/** One gesture changes the document and the figures in two steps: ask once for both. */
const QUIET = 40;

export function useCodeOf(table: string | null, form: CodeForm): Shown {
  const { question, state, catalog } = useShell();
  const { store } = useDrop();
  const revision = useSyncExternalStore(store.subscribe, () =>
    table === null ? 0 : (store.table(table)?.payload.revision ?? 0),
  );
  const [shown, setShown] = useState<Shown & { key: string }>({ answer: null, error: null, key: "" });
  const key = `${table} ${form}`;
  useEffect(() => {
    if (table === null) return;
    let isOver = false;
    const timer = setTimeout(() => {
      question({ verb: "code", table, form }).then(
        (answer) => isOver || setShown({ answer, error: null, key }),
        (error: Error) => isOver || setShown({ answer: null, error: error.message, key }),
      );
    }, QUIET);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [question, table, form, key, revision, state.panels, state.title, state.undoLabel, catalog]);
  return shown.key === key ? shown : { answer: null, error: null };
}
