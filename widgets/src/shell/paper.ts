/** How a table is parted for paper, which is as wide as it is: pure. */
import type { BlockHead, GridRow, TablePayload, TotalCell } from "../sync/types";

/** Pixels between the margins of A4, in the print style sheet's letters; letter paper is wider. */
const SHEET = 650;
const LABELS = 110;
const LETTER = 5.7;
const SMALL = 0.85;
const AROUND = 8;

/** What a total is out of, where that is another figure. */
export function whole({ text, outOf }: TotalCell): string | null {
  return outOf === `out of ${text.replace(/[%\s]+$/, "")}` ? null : outOf;
}

/** The first and the last but one of the columns that stand side by side: at least one, and no more than fit. */
export function pieces({ columns, total, rows }: TablePayload, share: number): [number, number][] {
  const room = SHEET * share - LABELS;
  const found: [number, number][] = [];
  let left = 0;
  columns.forEach(({ label, compared, detail, filters }, index) => {
    const heads = [label, compared, detail, ...filters.map((filter) => filter.label)];
    const words = heads.flatMap((each) => each?.split(/[\s-]+/) ?? []);
    const figures = [...(total ? [total] : []), ...rows].map((row) => letters(row, index));
    const width = Math.max(...words.map((word) => word.length), ...figures) * LETTER + AROUND;
    if (found.length === 0 || left < width) {
      found.push([index, index + 1]);
      left = room - width;
    } else {
      found.at(-1)![1] = index + 1;
      left -= width;
    }
  });
  return found.length > 0 ? found : [[0, 0]];
}

function letters(row: GridRow | BlockHead, index: number): number {
  const cell = row.cells[index];
  if (!cell) return 0;
  if ("percent" in cell)
    return cell.text.length + (cell.percent === null ? 0 : 1 + SMALL * cell.percent.length);
  return Math.max(cell.text.length, SMALL * (whole(cell)?.length ?? 0));
}
