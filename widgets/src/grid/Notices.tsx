/** What stands in place of figures: bones while they come, what went wrong, where to drop the first component. */
import { useRef, useState } from "react";
import { Button } from "react-aria-components";
import type { Kind, TablePayload, TableState } from "../sync/types";
import { Picker } from "./Picker";

/** They stand as high as the figures will, where that is known: what people look at below stays where it is. */
export function Bones({ columns, height }: { columns: number; height: number | null }) {
  return (
    <div className="dr-bones" role="status" style={{ minHeight: height ?? undefined }}>
      <span className="dr-sr">Counting…</span>
      {[78, 64, 70, 52, 82, 60].map((width, row) => (
        <div
          key={row}
          className="dr-bone-row"
          aria-hidden="true"
          style={{ gridTemplateColumns: `2.4fr repeat(${columns}, 1fr)` }}
        >
          <span className="dr-bone" style={{ width: `${width}%` }} />
          {Array.from({ length: columns }, (_, column) => (
            <span key={column} className="dr-bone" />
          ))}
        </div>
      ))}
    </div>
  );
}

interface ErrorCardProps {
  error: NonNullable<TablePayload["error"]>;
  onUndo?: (() => void) | undefined;
  onRetry: () => void;
}
export function ErrorCard({ error, onUndo, onRetry }: ErrorCardProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className="dr-note-error" role="alert">
        <i className="dr-i dr-i-warn" aria-hidden="true" />
        <div>
          <b>{error.title}</b>
          <p>{error.message}</p>
          <div className="dr-note-actions">
            {onUndo && (
              <Button className="dr-btn" onPress={onUndo}>
                <i className="dr-i dr-i-undo" aria-hidden="true" />
                Undo last change
              </Button>
            )}
            <Button className="dr-btn dr-quiet" onPress={onRetry}>
              <i className="dr-i dr-i-refresh" aria-hidden="true" />
              Try again
            </Button>
            {error.details && (
              <Button className="dr-btn dr-quiet" aria-expanded={open} onPress={() => setOpen(!open)}>
                Details
                <i className={`dr-i dr-i-12 dr-i-${open ? "up" : "down"}`} aria-hidden="true" />
              </Button>
            )}
          </div>
        </div>
      </div>
      {open && (
        <pre className="dr-details" tabIndex={0}>
          {error.details}
        </pre>
      )}
    </>
  );
}

/** What makes most sense first: the picker lists the catalog in its own order. */
const KINDS: Record<"rows" | "columns", Kind[]> = {
  rows: ["dimension", "time", "metric", "segment", "period"],
  columns: ["metric", "dimension", "time", "segment", "period"],
};

/** A place for the first dimension or the first metric: to drop on, or to choose from a list. */
export function EmptyZone({ area, table }: { area: "rows" | "columns"; table: TableState }) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const kind = area === "rows" ? "dimension" : "metric";
  return (
    <div className={`dr-empty dr-empty-${area}`} data-dr-empty={area}>
      <span>Drop a {kind} here</span>
      <Button ref={trigger} className="dr-btn" aria-haspopup="dialog" onPress={() => setOpen(true)}>
        <i className="dr-i dr-i-plus" aria-hidden="true" />
        Choose a {kind}…
      </Button>
      {open && (
        <Picker
          anchor={trigger.current!}
          label={`Choose a ${kind} for ${table.title}`}
          kinds={KINDS[area]}
          onClose={() => setOpen(false)}
          target={
            area === "rows" ? { on: "rows", table: table.id, path: [] } : { on: "columns", table: table.id }
          }
        />
      )}
    </div>
  );
}
