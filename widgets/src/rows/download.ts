/** A file of records, fetched in pieces: Jupyter drops what comes faster than it lets through in a second. */
import type { ShellBase } from "../sync/context";
import type { Answers, CellAddress, RecordsOrder } from "../sync/types";

const PAUSE = 500;

/** Saves the records behind a figure as CSV and returns how many the file holds; `onShare` is told from 0 to 1. */
export async function download(
  question: ShellBase["question"],
  cell: CellAddress & RecordsOrder,
  name: string,
  onShare: (share: number) => void,
): Promise<number> {
  const pieces: string[] = [];
  let start: number | null = 0;
  let rows = 0;
  while (start !== null) {
    const piece: Answers["records_file"] = await question({ verb: "records_file", ...cell, start });
    pieces.push(piece.text);
    rows = piece.next ?? Math.min(piece.count, LARGEST);
    onShare(piece.count === 0 ? 1 : rows / Math.min(piece.count, LARGEST));
    start = piece.next;
    if (start !== null) await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  // Without the mark at its start Excel takes the file for Windows-1252.
  save(new Blob(["\uFEFF", ...pieces], { type: "text/csv;charset=utf-8" }), `${fileName(name)}.csv`);
  return rows;
}

/** The twin of LARGEST_FILE in dynreports/workspace/asking.py. */
const LARGEST = 200_000;

export function fileName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N} _-]+/gu, " ").replace(/\s+/g, " ");
  return plain.trim().slice(0, 80).trim() || "rows";
}

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
