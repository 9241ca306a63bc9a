/** Tells Python which rows of a table are selected, for the charts that follow it. It changes nothing in the report. */
import { useEffect, useRef } from "react";
import type { Selection } from "../grid/selection";
import { useBase } from "../sync/context";
import type { TablePayload } from "../sync/types";

/** A stretch of rows is selected one by one: what counts is the last. */
const SETTLED = 80;

export function useFollowers(): { current: (payload: TablePayload, selection: Selection) => void } {
  const { sender } = useBase();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef("[]");
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = useRef((payload: TablePayload, selection: Selection): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const paths = selection.items(payload).map(({ path }) => path);
      const words = JSON.stringify(paths);
      if (words === told.current) return;
      told.current = words;
      // Beside what people do: nobody is told to wait for it.
      void sender.send({ verb: "select", table: payload.id, paths, columns: [] }, true);
    }, SETTLED);
  });
  return tell;
}
