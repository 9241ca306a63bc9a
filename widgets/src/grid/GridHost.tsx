/** One freeform table: mounts the table's own ipyaggrid model and draws its payload.
 *
 * The figures belong to Python and arrive in the model's `payload`. What only this view needs (selected rows,
 * scroll, widths, the open menu) lives here and is gone with the page.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { useDrop } from "../drop/context";
import { painting } from "../sync/painting";
import type { Intent, TablePayload, TableState } from "../sync/types";
import { useMarks } from "../explain/marks";
import { WhyTip } from "../explain/Why";
import { useFollowers } from "../charts/followers";
import { copyText } from "../code/copy";
import { type Action, listen } from "./actions";
import { GridAdapter } from "./adapter";
import { foreseen, type Known } from "./foresee";
import { hearPayloads } from "./hear";
import { dragHeads } from "./headDrag";
import { GridMenu, type OpenMenu, together } from "./GridMenu";
import { gridHeight } from "./layout";
import type { Tell } from "./widths";
import { getModel, type GridModel, mountGrid, type WidgetManager } from "./mount";
import { copied } from "./menu/copyEntries";
import { Bones, EmptyZone, ErrorCard } from "./Notices";
import { Counting, StoppedNote } from "./Progress";
import { Selection } from "./selection";
import { turns } from "../ui/turns";

/** Pixels of a row of the panel's grid, and of what an item has around its table. */
const ITEM_UNIT = 40;
const AROUND = 52;
/** What opens on read-only pages too. */
const ON_PAGES = new Set<Action["do"]>(["page", "row-menu", "total-menu", "entry", "why"]);

export interface GridHostProps {
  /** The shell's model: its widget manager finds the grid's. */
  model: { widget_manager: unknown };
  /** "IPY_MODEL_…" from the `grids` trait; undefined until Python has made the grid. */
  modelId: string | undefined;
  table: TableState;
  /** Read-only page: sort, page and open/close only. */
  page: boolean;
}

export function GridHost({ model, modelId, table, page }: GridHostProps) {
  const { send, store, state, catalog } = useDrop();
  const host = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<TablePayload | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [coming, setComing] = useState<TablePayload | null>(null);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const drawer = useRef<GridAdapter | null>(null);
  const selection = useRef<Selection | null>(null);
  const sizes = useRef<GridAdapter | null>(null);
  const act = useRef<(action: Action) => void>(() => undefined);
  const label = useRef(table.title);
  label.current = table.title;
  const known = useRef<Known>(null!);
  known.current = { catalog, lastId: state.lastId };

  useEffect(() => {
    const stop = new AbortController();
    if (modelId === undefined || !host.current) return () => stop.abort();
    setFailure(null);
    const closing: (() => void)[] = [];
    const ask = { host: host.current, frame: frame.current!, manager: model.widget_manager as WidgetManager };
    const failed = (error: Error): void => {
      if (!stop.signal.aborted) setFailure(error);
    };
    void getModel(ask.manager, modelId)
      .then((grid) => {
        if (!stop.signal.aborted) closing.push(hearPayloads(grid, setComing));
        return turns.take(ask.host, () => open(ask.manager, grid, ask.host, stop.signal));
      })
      .catch(failed);
    return () => {
      stop.abort();
      for (const close of closing.reverse()) close();
      drawer.current = null;
      selection.current = null;
    };

    async function open(manager: WidgetManager, found: GridModel, inside: HTMLElement, signal: AbortSignal) {
      const grid = await mountGrid(manager, found, inside, signal);
      closing.push(grid.unmount);
      let last = grid.model.get("payload") as TablePayload;
      const tell: Tell = (column, width) => void send({ verb: "set_width", table: last.id, column, width });
      const adapter = new GridAdapter(
        grid.options,
        grid.element,
        last,
        page,
        page ? null : tell,
        innerWidth(ask.frame),
      );
      sizes.current = adapter;
      const noted = (): void => {
        store.update(last.id, { selected: chosen.ids() });
        follow.current(last, chosen);
      };
      const chosen = new Selection(grid.options.api, grid.element, () => last, noted);
      selection.current = chosen;
      drawer.current = adapter;
      const show = (): void => {
        const payload = grid.model.get("payload") as TablePayload;
        // The last figures stay in view under an error.
        const gone = payload.columns.some((column) => column.missing);
        if (payload.status === "error" && last.status === "ready" && !gone)
          last = { ...last, status: payload.status, error: payload.error };
        else last = payload;
        // A table that never had figures shows the heads of its columns: there it can be mended.
        if (last.status !== "error" || last.rows.length === 0) adapter.apply(last);
        painting.begin();
        chosen.prune();
        follow.current(last, chosen);
        store.update(last.id, { payload: last, selected: chosen.ids() });
        setShown(last);
      };
      grid.model.on("change:payload", show);
      const watch = new ResizeObserver(([entry]) => adapter.fit(entry!.contentRect.width));
      watch.observe(ask.frame);
      grid.element.querySelector(".ag-root")?.setAttribute("aria-label", label.current);
      // Chromium stops at scrolling boxes without a stop in them; the cells scroll along with the arrow keys.
      for (const box of grid.element.querySelectorAll<HTMLElement>("[class*=scroll-viewport]"))
        box.tabIndex = -1;
      closing.push(
        () => grid.model.off("change:payload", show),
        () => watch.disconnect(),
        () => adapter.close(),
        () => chosen.close(),
        listen(
          grid.element,
          () => last,
          (action) => act.current(action),
        ),
        page ? () => undefined : dragHeads(grid.element, () => last, store),
        store.mount(last.id, {
          payload: last,
          element: ask.frame,
          selected: chosen.ids(),
          choose: (rows) => chosen.choose(rows),
          reveal: (row) => chosen.reveal(row),
          revealColumn: (column) => grid.options.api.ensureColumnVisible(column),
          foresee: (intent, reply) => {
            const seen = adapter.scene.payload === last ? foreseen(last, intent, known.current) : null;
            if (seen === null) return;
            adapter.apply(seen);
            // What is refused leaves no trace.
            void reply.then(({ ok }) => !ok && adapter.scene.payload === seen && adapter.apply(last));
          },
        }),
      );
      setShown(last);
    }
  }, [model, modelId, page, store, send, attempt]);

  useEffect(() => {
    host.current?.querySelector(".ag-root")?.setAttribute("aria-label", table.title);
  }, [table.title, shown === null]);

  const [marked, setMarked] = useState(0);
  useMarks(shown, (marks) => {
    drawer.current?.mark(marks);
    setMarked((count) => count + 1);
  });
  const most = page || table.natural ? undefined : table.box.h * ITEM_UNIT - AROUND;
  useEffect(() => drawer.current?.limit(most), [most, shown === null]);

  const follow = useFollowers();
  const ask = useCallback((intent: Intent) => void send(intent), [send]);
  act.current = (action) => {
    const intent = shown && intentOf(action, shown, page);
    if (intent) ask(intent);
    else if (action.do === "visualize" && shown && !page)
      ask({
        verb: "visualize",
        table: table.id,
        paths: together(action.row, selection.current?.items(shown) ?? []).map(({ path }) => path),
      });
    else if (shown && selection.current && select(action, shown, selection.current)) return;
    else if (action.do === "widen") sizes.current?.widen(action.column, action.by);
    else if (action.do === "fit") sizes.current?.fitColumn(action.column);
    else if (shown && "anchor" in action && (!page || ON_PAGES.has(action.do))) {
      setMenu({ ...action, table: table.id } as OpenMenu);
    }
  };

  const closeMenu = (closed: OpenMenu): void => {
    setMenu(null);
    // The control that opened it may be gone by now: then its cell goes on with the keyboard.
    setTimeout(() => {
      if (document.activeElement === document.body) {
        closed.anchor.closest<HTMLElement>(".ag-cell, .ag-header-cell")?.focus();
      }
    }, 50);
  };

  const status = failure ? "error" : (shown?.status ?? "loading");
  const error = failure
    ? { title: "This table can't be shown.", message: failure.message, details: failure.stack ?? "" }
    : (shown?.error ?? null);
  const figures =
    shown !== null && (shown.total !== null || shown.columns.length > 0 || shown.rows.length > 0);
  const bones = status === "loading" && !figures;
  const empty = failure || bones || page ? null : shown;
  return (
    <div
      className="dr-table"
      data-dr-table={table.id}
      data-status={status}
      data-stale={shown?.stale || undefined}
      aria-busy={status === "loading"}
    >
      {status === "error" && error && (
        <ErrorCard
          error={error}
          onUndo={page || !state.canUndo ? undefined : () => ask({ verb: "undo" })}
          onRetry={() => (failure ? setAttempt(attempt + 1) : ask({ verb: "refresh" }))}
        />
      )}
      {status === "stopped" && (
        <StoppedNote
          onCount={() => ask({ verb: "count", table: table.id })}
          onUndo={page || !state.canUndo ? undefined : () => ask({ verb: "undo" })}
        />
      )}
      {empty?.columns.length === 0 && status !== "error" && <EmptyZone area="columns" table={table} />}
      <div className="dr-table-frame" ref={frame} hidden={!figures || failure !== null}>
        <div className="dr-table-host" ref={host} />
      </div>
      {bones && <Bones columns={4} height={coming && gridHeight(coming, false, most)} />}
      {status === "loading" && (
        <Counting
          progress={shown?.progress ?? null}
          onCancel={() => ask({ verb: "stop", table: table.id })}
        />
      )}
      {empty?.rowsRef === null && !empty.static && <EmptyZone area="rows" table={table} />}
      {shown && frame.current && menu === null && (
        <WhyTip frame={frame.current} payload={shown} marked={marked} />
      )}
      {menu && shown && (
        <GridMenu
          menu={menu}
          payload={shown}
          page={page}
          selected={selection.current?.items(shown) ?? []}
          onClose={() => closeMenu(menu)}
        />
      )}
    </div>
  );
}

/** The room inside the edge of an element: fractions of pixels count. */
function innerWidth(element: HTMLElement): number {
  return element.getBoundingClientRect().width - (element.offsetWidth - element.clientWidth);
}

/** Select or copy; false: the action is about something else. */
function select(action: Action, payload: TablePayload, selection: Selection): boolean {
  switch (action.do) {
    case "select":
      selection.pick(action.row.id, action.how);
      return true;
    case "select-cell":
      selection.pickCell(action.row.id, action.column, action.how);
      return true;
    case "select-column":
      selection.pickColumn(action.column, action.how);
      return true;
    case "select-none":
      selection.clear();
      return true;
    case "extend":
      selection.extend(action.from, action.to);
      return true;
    case "copy":
      void copyText(copied(action, payload, selection), action.anchor);
      return true;
    default:
      return false;
  }
}

/** Actions that are an intent right away; the others select or open a menu. */
function intentOf(action: Action, payload: TablePayload, page: boolean): Intent | null {
  const table = payload.id;
  switch (action.do) {
    case "sort": {
      const sorted = payload.columns.find((column) => column.id === action.column)?.sort;
      return { verb: "sort", table, column: action.column, descending: sorted !== "desc" };
    }
    case "twist":
      return {
        verb: "collapse_breakdown",
        table,
        path: action.row.path,
        collapsed: action.row.open === true,
      };
    case "turn":
      return { verb: "page", table, path: action.head.path, page: action.page };
    case "move": {
      const at = payload.columns.findIndex((column) => column.id === action.column);
      const before = payload.columns[at + (action.by < 0 ? -1 : 2)]?.id ?? null;
      const stays = page || at < 0 || (action.by < 0 ? at === 0 : at === payload.columns.length - 1);
      return stays ? null : { verb: "move_column", table, column: action.column, before };
    }
    case "all-rows":
      return { verb: "show_all_rows", table, path: action.head.path };
    case "remove-breakdown":
      return { verb: "remove_breakdown", table, path: action.head.path };
    case "remove":
      return page ? null : { verb: "remove_column", table, column: action.column };
    case "filter": {
      const { columns, index } = action;
      const [column] = columns;
      if (page || column === undefined) return null;
      if (columns.length === 1) return { verb: "remove_column_filter", table, column, index };
      return { verb: "remove_level", table, columns, index };
    }
    default:
      return null;
  }
}
