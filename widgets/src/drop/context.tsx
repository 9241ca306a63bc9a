/** The drop store of this view, and what the targets are computed from. */
import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { flushSync } from "react-dom";
import type { Component, DropRules, Intent, Reply, ShellState } from "../sync/types";
import { type Dragged, type DragItem, DropStore } from "./store";
import { type DropTarget, targetsFor } from "./targets";

export interface DropWorld {
  state: ShellState;
  rules: DropRules;
  catalog: readonly Component[];
  send(intent: Intent): Promise<Reply>;
}
interface DropContextValue extends DropWorld {
  store: DropStore;
}

const Context = createContext<DropContextValue | null>(null);
/** The store alone, which never changes: the rail is not drawn again because a table has new figures. */
const StoreContext = createContext<DropStore | null>(null);

/** Wraps a whole view of the workspace: rail, panels, grids and overlay find the same store in it. */
export function DropProvider({ state, rules, catalog, send, children }: DropWorld & { children: ReactNode }) {
  const [store] = useState(() => new DropStore());
  const sendAndForesee = useCallback(
    (intent: Intent) => {
      const reply = send(intent);
      store.foresee(intent, reply);
      return reply;
    },
    [send, store],
  );
  const value = useMemo(
    () => ({ state, rules, catalog, send: sendAndForesee, store }),
    [state, rules, catalog, sendAndForesee, store],
  );
  return (
    <StoreContext value={store}>
      <Context value={value}>{children}</Context>
    </StoreContext>
  );
}

export function useDrop(): DropContextValue {
  const value = useContext(Context);
  if (!value) throw new Error(NO_PROVIDER);
  return value;
}
const NO_PROVIDER = "Drag and drop needs a DropProvider around it.";

/** What is dragged right now, or null. */
export function useDragged(): Dragged | null {
  const { store } = useDrop();
  return useSyncExternalStore(store.subscribe, store.getDragged);
}

/** The tables on screen, and what is dragged; nothing is drawn again when these change. */
export function useDropStore(): DropStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error(NO_PROVIDER);
  return store;
}

/** `startDrag` mounts the targets before it returns, as both the mouse and react-aria's keyboard drag need.
 *
 * A drag that did not come from the browser's own dragstart was picked up with a key or by a screen reader.
 */
export function useDragControls(): { startDrag(items: DragItem[]): void; endDrag(): void } {
  const store = useDropStore();
  return useMemo(
    () => ({
      startDrag: (items: DragItem[]) => {
        const keyboard = window.event?.type !== "dragstart";
        flushSync(() => store.start({ what: "components", items, keyboard }));
      },
      endDrag: () => store.end(),
    }),
    [store],
  );
}

/** A function that lists where components can go now, for the "Add to…" menu. */
export function useTargets(): (items: DragItem[]) => DropTarget[] {
  const { store, state, rules } = useDrop();
  return useCallback(
    (items) =>
      listTargets(store, state, rules, { what: "components", items, keyboard: true }).filter(
        (target) => !target.twin,
      ),
    [store, state, rules],
  );
}

export function listTargets(
  store: DropStore,
  state: ShellState,
  rules: DropRules,
  dragged: Dragged,
): DropTarget[] {
  const payloads = store.payloads();
  const selection = Object.fromEntries(
    Object.keys(payloads).map((id) => [id, store.table(id)?.selected ?? new Set<string>()]),
  );
  return targetsFor({ panels: state.panels, payloads, rules, dragged, selection });
}

/** The intent of a drop on a target. */
export function intentOf(target: DropTarget, dragged: Dragged): Intent {
  if (target.add) return target.add;
  if (target.move) return { verb: "move_column", ...target.move };
  if (dragged.what !== "components" || !target.target) throw new Error(`${target.key} takes no components.`);
  const items = dragged.items.flatMap(({ ref, item }) => (item ? [{ by: ref, item: item.value }] : []));
  return {
    verb: "drop",
    components: dragged.items.flatMap((each) => (each.item ? [] : [each.ref])),
    target: target.target,
    ...(items.length > 0 ? { items } : {}),
  };
}
