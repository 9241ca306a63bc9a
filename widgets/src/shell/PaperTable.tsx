/** A table as the browser's print menu prints it: all its columns, in further tables where paper is too narrow. */
import { type CSSProperties, useEffect, useState } from "react";
import { FiguresTable } from "../charts/FiguresTable";
import { useChart } from "../charts/useChart";
import { hearPayloads } from "../grid/hear";
import { getModel, type WidgetManager } from "../grid/mount";
import type { BlockHead, Cell, ColumnState, GridRow, TablePayload, TotalCell } from "../sync/types";
import { pieces, whole } from "./paper";

interface PaperTableProps {
  model: { widget_manager: unknown };
  modelId: string | undefined;
  /** Part of the sheet's width that it has. */
  share: number;
  isPrinting: boolean;
}

export function PaperTable({ model, modelId, share, isPrinting }: PaperTableProps) {
  const payload = usePayload(model, modelId);
  if (!isPrinting || !payload?.total) return null;
  const { total, rows, columns } = payload;
  return (
    <div className="dr-paper">
      {pieces(payload, share).map(([start, end]) => (
        <table key={start}>
          <thead>
            <tr>
              <th scope="col" dir="auto">
                {total.label}
              </th>
              {columns.slice(start, end).map((column) => (
                <Head key={column.id} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {[total, ...rows].map((row) => (
              <Line key={row.id} row={row} start={start} end={end} />
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

/** The figures of a chart, for paper: the style sheet shows them where its drawing is not there yet. */
export function PaperFigures({ id }: { id: string }) {
  const payload = useChart(id);
  if (!payload) return null;
  return (
    <div className="dr-paper dr-paper-figures">
      <FiguresTable table={payload.table} />
    </div>
  );
}

/** The figures of a table, also of one that was not mounted yet. */
function usePayload({ widget_manager }: PaperTableProps["model"], modelId?: string): TablePayload | null {
  const [payload, setPayload] = useState<TablePayload | null>(null);
  useEffect(() => {
    if (modelId === undefined) return;
    let leave: (() => void) | null = null;
    let isGone = false;
    void getModel(widget_manager as WidgetManager, modelId).then((grid) => {
      if (isGone) return;
      leave = hearPayloads(grid, setPayload);
    });
    return () => {
      isGone = true;
      leave?.();
    };
  }, [widget_manager, modelId]);
  return payload;
}

function Head({ column }: { column: ColumnState }) {
  const small = [column.compared, column.detail, ...column.filters.map(({ label }) => label)];
  return (
    <th scope="col" dir="auto">
      {column.sort && (column.sort === "asc" ? "↑ " : "↓ ")}
      {column.label}
      {small.map((words, index) => words && <small key={index}>{words}</small>)}
    </th>
  );
}

function Line({ row, start, end }: { row: GridRow; start: number; end: number }) {
  const depth = { "--d": row.depth } as CSSProperties;
  if (row.type === "item")
    return (
      <tr style={depth}>
        <th scope="row" dir="auto">
          {row.number}. {row.label} {row.caption !== null && <small>({row.caption})</small>}
        </th>
        {row.cells.slice(start, end).map((cell, index) => (
          <Figure key={index} cell={cell} />
        ))}
      </tr>
    );
  return (
    <tr className="dr-paper-sum" style={depth}>
      <th scope="row" dir="auto">
        {row.depth > 0 ? row.label : "Total"}
        <Range row={row} />
      </th>
      {row.cells.slice(start, end).map((cell, index) => (
        <Sum key={index} cell={cell} />
      ))}
    </tr>
  );
}

function Range({ row: { ref, from, to, counted } }: { row: BlockHead }) {
  return ref && <small>{`${from}–${to} of ${counted}`}</small>;
}

function Figure({ cell: { text, percent, bar, heat } }: { cell: Cell }) {
  const width = heat === null ? bar : Math.abs(heat);
  const look = width === null ? undefined : heat === null ? "bar" : heat < 0 ? "low" : "high";
  return (
    <td data-look={look} style={width === null ? undefined : ({ "--w": `${100 * width}%` } as CSSProperties)}>
      {text}
      {percent !== null && <small> {percent}</small>}
    </td>
  );
}

function Sum({ cell }: { cell: TotalCell }) {
  const outOf = whole(cell);
  return (
    <td>
      {cell.text}
      {outOf !== null && <small>{outOf}</small>}
    </td>
  );
}
