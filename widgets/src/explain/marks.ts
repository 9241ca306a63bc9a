/** Which totals get a mark: Python checks all rows, when the hands rest. */
import { useEffect, useRef } from "react";
import { markOf } from "../grid/scene";
import { useBase } from "../sync/context";
import type { BlockHead, TablePayload } from "../sync/types";

/** Gestures that follow each other are not held up by a check in between. */
const REST = 500;

export function useMarks(payload: TablePayload | null, show: (marks: ReadonlySet<string>) => void): void {
  const { question } = useBase();
  const draw = useRef(show);
  draw.current = show;
  useEffect(() => {
    if (payload?.status !== "ready" || payload.rows.length === 0 || payload.columns.length === 0) return;
    let isCurrent = true;
    const check = async (): Promise<void> => {
      try {
        const { marks } = await question({ verb: "adds_up", table: payload.id });
        if (isCurrent) draw.current(marksOf(payload, marks));
      } catch {
        // Marks are an extra: what is wrong with the table is said where the table stands.
      }
    };
    const timer = setTimeout(() => void check(), REST);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [payload?.id, payload?.revision, payload?.status, question]);
}

export function marksOf(payload: TablePayload, marks: Record<string, string[]>): Set<string> {
  const heads = [payload.total, ...payload.rows].filter((row): row is BlockHead => row?.type === "total");
  return new Set(
    heads.flatMap((head) =>
      payload.columns.flatMap((column, index) =>
        marks[head.id]?.includes(column.id) ? [markOf(head.id, column.id, head.cells[index]!.text)] : [],
      ),
    ),
  );
}
