/** From measured boxes to the boxes of targets: pure. */
import type { Anchor } from "./targets";

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const EDGE_SHARE = 0.25;
const EDGE_MOST = 24;

/** The zone of a column's head that a part takes: edges are a quarter of it, at most 24 px. */
export function headPart(head: Box, part: "before" | "middle" | "after", hasMiddle: boolean): Box {
  const edge = hasMiddle ? Math.min(EDGE_MOST, head.width * EDGE_SHARE) : head.width / 2;
  switch (part) {
    case "before":
      return { ...head, width: edge };
    case "after":
      return { ...head, left: head.left + head.width - edge, width: edge };
    case "middle":
      return { ...head, left: head.left + edge, width: head.width - 2 * edge };
  }
}

/** What is left of a box inside another; null when nothing worth pointing at is. */
export function clip(box: Box, within: Box): Box | null {
  const left = Math.max(box.left, within.left);
  const top = Math.max(box.top, within.top);
  const width = Math.min(box.left + box.width, within.left + within.width) - left;
  const height = Math.min(box.top + box.height, within.top + within.height) - top;
  return width >= 4 && height >= 4 ? { left, top, width, height } : null;
}

export function isLine(anchor: Anchor): boolean {
  return (
    (anchor.at === "head" && anchor.part !== "middle") || anchor.at === "above" || anchor.at === "between"
  );
}

/** How far to scroll in this frame when the pointer is near an edge: none in the middle, faster at the rim. */
export function scrollStep(pointer: number, start: number, size: number): number {
  const zone = Math.min(48, size / 4);
  const fromStart = pointer - start;
  const fromEnd = start + size - pointer;
  if (fromStart < 0 || fromEnd < 0) return 0;
  if (fromStart < zone) return -Math.ceil(((zone - fromStart) / zone) * 14);
  if (fromEnd < zone) return Math.ceil(((zone - fromEnd) / zone) * 14);
  return 0;
}
