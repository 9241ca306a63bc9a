/** "Add to…": every place where a component can go, to type ahead in. Two keys instead of a drag.
 *
 * There is one button, beside the entry that is pointed at or has the focus: a list's entries must not hold
 * controls. Shift+F10, the menu key and a right click open it, too.
 */
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { Button, Dialog, MenuItem, Popover } from "react-aria-components";
import { useBuilder } from "../builder";
import { type DragItem, type DropTarget, intentOf, useTargets } from "../drop";
import { useShell } from "../sync/context";
import { tablesOf } from "../sync/items";
import type { PanelState, Ref } from "../sync/types";
import { Icon } from "../ui/Icon";
import { clip } from "../ui/Label";
import { SearchMenu } from "../ui/SearchMenu";
import type { Picked } from "./ComponentList";
import { dragItemOf, hasItems, type RailEntry } from "./entries";
import { keyOf } from "./groups";

export interface Adding {
  /** Key of the entry that the buttons stand beside. */
  at: string | null;
  isOpen: boolean;
  open: (key: string) => void;
  close: () => void;
  /** Shows the items of an entry. */
  openItems: (key: string) => void;
  list: RefObject<HTMLElement | null>;
  listProps: React.HTMLAttributes<HTMLElement>;
}

/** Ways to the items of an entry, and back from them; `null`: it is not items that are shown. */
interface Levels {
  open: (key: string) => void;
  close: (() => void) | null;
}

export function useAddTo(list: RefObject<HTMLElement | null>, levels: Levels): Adding {
  const [at, setAt] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const open = (key: string): void => {
    setAt(key);
    setOpen(true);
  };
  const close = (): void => {
    setOpen(false);
    entry(list.current, at)?.focus();
  };
  const entered = useRef<EventTarget | null>(null);
  const near = (event: { target: EventTarget }): void => {
    const key = keyAt(event.target);
    if (!isOpen && key !== null) setAt(key);
  };
  return {
    at,
    isOpen,
    open,
    close,
    openItems: levels.open,
    list,
    listProps: {
      onPointerOver: near,
      onFocus: near,
      // Enter that chose a place is let go on the entry, where react-aria would take it for picking the entry up.
      onKeyDownCapture: (event) => {
        if (event.key === "Enter") entered.current = event.target;
      },
      onKeyUpCapture: (event) => {
        if (event.key === "Enter" && entered.current !== event.target) event.stopPropagation();
      },
      onContextMenu: (event) => {
        const key = keyAt(event.target);
        if (key === null) return;
        event.preventDefault();
        open(key);
      },
      onKeyDown: (event) => {
        near(event); // the pointer may rest on another entry
        const key = keyAt(event.target);
        if (key === null) return;
        if (event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) open(key);
        else if (event.key === "ArrowRight") levels.open(key);
        else if (event.key === "ArrowLeft" && levels.close) levels.close();
        else return;
        event.preventDefault();
      },
    },
  };
}

interface AddToProps {
  adding: Adding;
  /** The entries of the list that the buttons stand beside. */
  entries: readonly RailEntry[];
  picked: Picked;
  /** Shows the items of the entry, where entries have some. */
  onItems?: (key: string) => void;
}

export function AddTo({ adding, entries, picked, onItems }: AddToProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [top, setTop] = useState<number | null>(null);
  const { at, list } = adding;
  const current = entries.find(({ key }) => key === at);

  useLayoutEffect(() => {
    const beside = entry(list.current, at);
    setTop(beside && list.current ? offsetIn(list.current, beside) : null);
  });
  if (!current || top === null) return null;
  const items = itemsOf(current, entries, picked);
  const what = current.item === undefined ? "components" : "items";
  const name = items.length > 1 ? `${items.length} ${what}` : clip(current.label, 80);
  const opens = onItems && hasItems(current) ? () => onItems(current.key) : null;
  return (
    <>
      {opens && (
        <Button
          className="dr-ib dr-comp-add dr-comp-open"
          aria-label={`Items of ${clip(current.label, 80)}`}
          onPress={opens}
          style={{ top }}
        >
          <Icon name="right" />
        </Button>
      )}
      <Button
        ref={button}
        className="dr-ib dr-comp-add"
        aria-label={`Add ${name} to…`}
        aria-haspopup="dialog"
        onPress={() => adding.open(current.key)}
        style={{ top }}
      >
        <Icon name="plus" />
      </Button>
      {adding.isOpen && (
        <Places items={items} name={name} anchor={button} onClose={adding.close} onItems={opens} />
      )}
    </>
  );
}

interface Entry {
  key: string;
  phrase: string;
  place: string;
}
interface Place extends Entry {
  target: DropTarget;
}

/** What can be done with a component itself. */
function doingsOf(ref: Ref, own: readonly string[]): Entry[] {
  const entry = (key: string, phrase: string): Entry => ({ key: `own:${key}`, phrase, place: "" });
  if (hasItems(ref)) return [entry("items", "Show its items")];
  if (ref.kind === "period") return [];
  const copy = entry("duplicate", `Duplicate this ${ref.kind}`);
  if (!own.includes(keyOf(ref))) return [copy];
  return [entry("edit", `Change this ${ref.kind}…`), copy, entry("delete", `Delete this ${ref.kind}`)];
}

interface PlacesProps {
  items: DragItem[];
  name: string;
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  onItems: (() => void) | null;
}

function Places({ items, name, anchor, onClose, onItems }: PlacesProps) {
  const { state, send } = useShell();
  const listTargets = useTargets();
  // The places as they are when the menu opens.
  const [targets] = useState(() => withPlaces(listTargets(items), state.panels));
  const builder = useBuilder();
  const ref = items.length === 1 && items[0]!.item === undefined ? items[0]!.ref : null;
  const doings = ref && doingsOf(ref, [...state.own, ...state.shared]);
  const run = (key: React.Key): void => {
    const place = targets.find((each) => each.key === key);
    onClose();
    if (key === "own:items") onItems?.();
    else if (ref && key === "own:edit") builder.edit(ref);
    else if (ref && key === "own:duplicate") void send({ verb: "duplicate_component", component: ref });
    else if (ref && key === "own:delete") void send({ verb: "remove_component", component: ref });
    if (place) void send(intentOf(place.target, { what: "components", items, keyboard: true }));
  };
  const label = `Where to add ${name}`;
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="right top"
      offset={6}
      className="dr-pop dr-picker dr-places"
      aria-label={label}
    >
      <Dialog aria-label={label}>
        <SearchMenu<Entry>
          label={label}
          searchLabel={label}
          placeholder={`Add ${name} to…`}
          empty={
            targets.length === 0 && !doings?.length
              ? "It can’t be added anywhere here."
              : "No place has that name."
          }
          items={doings ? [...targets, ...doings] : targets}
          onAction={run}
        >
          {(place) => (
            <MenuItem id={place.key} textValue={`${place.phrase} ${place.place}`} className="dr-menu-item">
              <span className="dr-ell" dir="auto" title={clip(place.phrase)}>
                {place.phrase}
              </span>
              {place.place && (
                <span className="dr-ell dr-place" dir="auto">
                  {place.place}
                </span>
              )}
            </MenuItem>
          )}
        </SearchMenu>
      </Dialog>
    </Popover>
  );
}

/** Where the same words stand for several places, these say which one: the table, or the panel. */
function withPlaces(targets: DropTarget[], panels: readonly PanelState[]): Place[] {
  const times = new Map<string, number>();
  for (const { phrase } of targets) times.set(phrase, (times.get(phrase) ?? 0) + 1);
  const titles = new Map<string, string>();
  for (const panel of panels) {
    titles.set(panel.id, panel.title);
    for (const table of tablesOf(panel)) titles.set(table.id, `${table.title}, ${panel.title}`);
  }
  return targets.map((drop) => {
    const { key, phrase, target } = drop;
    const id = target === null ? "" : "table" in target ? target.table : target.panel;
    return { key, phrase, place: times.get(phrase)! > 1 ? (titles.get(id) ?? "") : "", target: drop };
  });
}

/** All that is picked, when the entry is among it; else the entry alone. */
function itemsOf(current: RailEntry, entries: readonly RailEntry[], picked: Picked): DragItem[] {
  const keys = picked?.keys.has(current.key) ? picked.keys : new Set([current.key]);
  return entries.filter(({ key }) => keys.has(key)).map(dragItemOf);
}

function keyAt(target: EventTarget | Element | null): string | null {
  const found = target instanceof Element ? target.closest<HTMLElement>("[data-component]") : null;
  return found?.dataset.component ?? null;
}

export function entry(list: HTMLElement | null, key: string | null): HTMLElement | null {
  return key === null ? null : (list?.querySelector(`[data-component="${CSS.escape(key)}"]`) ?? null);
}

function offsetIn(list: HTMLElement, element: HTMLElement): number {
  return element.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
}
