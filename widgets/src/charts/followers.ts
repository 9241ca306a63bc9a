/** Tells Python which rows of a table are selected, for the charts that follow it. It changes nothing in the report. */
import { useEffect, useRef } from "react";
import type { Selection } from "../grid/selection";
import { useBase } from "../sync/context";
import type { TablePayload } from "../sync/types";

/** A stretch of rows is selected one by one: what counts is the last. */
const SETTLED = 80;
const NOTHING = JSON.stringify({ paths: [], columns: [] });

export function useFollowers(): { current: (payload: TablePayload, selection: Selection) => void } {
  const { sender } = useBase();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef(NOTHING);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = useRef((payload: TablePayload, selection: Selection): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const cells = selection.cells(payload);
      const words = JSON.stringify(cells);
      if (words === told.current) return;
      told.current = words;
      // Beside what people do: nobody is told to wait for it.
      void sender.send({ verb: "select", table: payload.id, ...cells }, true);
    }, SETTLED);
  });
  return tell;
}
