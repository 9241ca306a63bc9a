/** The drag in hand and the tables on screen, for one view of a workspace.
 *
 * Browser-only: nothing here is synced. Each view of a workspace has a store of its own, so that two views
 * of one model never light up each other's targets.
 */
import type { Intent, Item, Ref, Reply, TablePayload } from "../sync/types";

/** What is dragged: components of the rail, or one column of a table by its grip. */
export interface DragItem {
  /** The component; of an item the dimension or time unit that it is one of. */
  ref: Ref;
  label: string;
  /** What is dragged is this item of the component. */
  item?: { value: Item };
}
export type Dragged =
  | { what: "components"; items: DragItem[]; keyboard: boolean }
  /** Something that is not there yet, by its id in visualizations.ts. */
  | {
      what: "new";
      kind: "visualization" | "panel";
      id: string;
      label: string;
      icon: string;
      keyboard: boolean;
    }
  | { what: "column"; table: string; column: string; label: string; keyboard: boolean };

/** A grid that is on screen: its figures, its element, and the ids of the rows selected in it. */
export interface MountedTable {
  payload: TablePayload;
  element: HTMLElement;
  selected: ReadonlySet<string>;
  /** Selects rows of those that are on its page, and no others. */
  choose(rowIds: readonly string[]): void;
  /** Brings a row into view and tells when it is drawn. */
  reveal(rowId: string): void;
  revealColumn(columnId: string): void;
  /** Draws the heads that an intent will lead to, until Python has answered. */
  foresee(intent: Intent, reply: Promise<Reply>): void;
}

export class DropStore {
  private dragged: Dragged | null = null;
  private readonly tables = new Map<string, MountedTable>();
  private readonly listeners = new Set<() => void>();
  private origin: HTMLElement | null = null;
  /** Grows with every change of the tables, so that hooks see them change. */
  private version = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly getDragged = (): Dragged | null => this.dragged;
  readonly getVersion = (): number => this.version;
  readonly table = (id: string): MountedTable | undefined => this.tables.get(id);
  readonly payloads = (): Record<string, TablePayload> =>
    Object.fromEntries([...this.tables].map(([id, mounted]) => [id, mounted.payload]));

  readonly start = (dragged: Dragged): void => {
    this.origin = dragged.keyboard ? (document.activeElement as HTMLElement | null) : null;
    this.dragged = dragged;
    this.notify();
  };

  readonly end = (): void => {
    if (this.dragged === null) return;
    this.dragged = null;
    this.notify();
    const origin = this.origin;
    this.origin = null;
    // After react-aria has moved the focus to where the drop went: back to the chip, to go on from there.
    if (origin) requestAnimationFrame(() => origin.isConnected && origin.focus());
  };

  /** Tell the table that an intent is about, if it is one and on screen. */
  readonly foresee = (intent: Intent, reply: Promise<Reply>): void => {
    const about = intent.verb === "drop" ? intent.target : intent;
    if ("table" in about && typeof about.table === "string")
      this.tables.get(about.table)?.foresee(intent, reply);
  };

  readonly mount = (id: string, table: MountedTable): (() => void) => {
    this.tables.set(id, table);
    this.notify();
    return () => {
      if (this.tables.get(id) !== table) return;
      this.tables.delete(id);
      this.notify();
    };
  };

  readonly update = (id: string, change: Partial<MountedTable>): void => {
    const mounted = this.tables.get(id);
    if (!mounted) return;
    Object.assign(mounted, change);
    this.notify();
  };

  private notify(): void {
    this.version += 1;
    for (const listener of [...this.listeners]) listener();
  }
}
