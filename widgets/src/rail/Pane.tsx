/** The list of components: groups, a group in full, a folder, or what a search finds. */
import { useBuilder } from "../builder";
import { useMemo, useRef, useState } from "react";
import { Button, Input, SearchField } from "react-aria-components";
import { useBase } from "../sync/context";
import { useTrait } from "../sync/hooks";
import type { Component } from "../sync/types";
import { Icon, KindGlyph } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { clip } from "../ui/Label";
import { AddTo, entry, useAddTo } from "./AddTo";
import { Back } from "./Back";
import { ComponentList, type Picked } from "./ComponentList";
import { hasItems, ofComponents } from "./entries";
import {
  folderContent,
  fullGroup,
  type GroupInfo,
  type GroupView,
  keyOf,
  overview,
  ranked,
  search,
} from "./groups";
import { Items } from "./Items";
import { KindFilter } from "./KindFilter";

/** Which part of the list is open: one kind in full, a folder in it, the items of a dimension. */
interface Open {
  info: GroupInfo | null;
  folder: { info: GroupInfo; name: string } | null;
  items?: { of: Component; text: string };
}
const ALL: Open = { info: null, folder: null };

/** The groups that people can add to by hand. */
const MAKES: Record<string, { kind: "metric" | "segment"; label: string }> = {
  metrics: { kind: "metric", label: "New calculated metric" },
  segments: { kind: "segment", label: "New segment" },
};

export function Pane({ onClose }: { onClose: () => void }) {
  const { model, catalog: unordered } = useBase();
  const catalog = useOrder(unordered, useTrait(model, "usage"));
  const [text, setText] = useState("");
  const [open, setOpen] = useState<Open>(ALL);
  const [picked, setPicked] = useState<Picked>(null);
  const list = useRef<HTMLDivElement>(null);
  const builder = useBuilder();
  const { items } = open;

  const isSearching = text.trim() !== "";
  const views = useMemo(
    () => viewsOf(catalog, isSearching ? text : "", open),
    [catalog, isSearching, text, open],
  );
  const go = (next: Open): void => {
    setOpen(next);
    setPicked(null);
    list.current?.scrollTo({ top: 0 });
  };
  // The search looks among the items, while these are open; what was typed before comes back with the list.
  const showItems = (of: Component): void => {
    go({ ...open, items: { of, text } });
    setText("");
  };
  const hideItems = (): void => {
    const { items: shown, ...rest } = open;
    go(rest);
    setText(shown?.text ?? "");
    // A list of react-aria has its entries a moment later.
    if (shown) requestAnimationFrame(() => entry(list.current, keyOf(shown.of))?.focus());
  };
  const adding = useAddTo(list, {
    open: (key) => {
      const component = catalog.find((each) => keyOf(each) === key);
      if (component && hasItems(component)) showItems(component);
    },
    close: items ? hideItems : null,
  });
  const isWhole = !isSearching && open.info === null && open.folder === null;
  const shown = items ? [] : views;
  const searchLabel = items ? `Search items of ${clip(items.of.label, 60)}` : "Search components";

  return (
    <>
      <header className="dr-pane-h">
        <h2>Components</h2>
        <IconButton icon="rail" label="Close the list" onPress={onClose} />
      </header>
      <div className="dr-pane-search">
        <SearchField aria-label={searchLabel} value={text} onChange={setText} className="dr-field">
          <Icon name="search" />
          <Input placeholder={searchLabel} />
          {text !== "" && (
            <Button className="dr-ib" aria-label="Clear the search">
              <Icon name="close" small />
            </Button>
          )}
        </SearchField>
        <KindFilter chosen={open.info} onChoose={(info) => go({ info, folder: null })} />
      </div>
      {open.info && (
        <p className="dr-pane-kind">
          <span className={`dr-chip dr-kind-${open.info.kinds[0]}`}>
            {open.info.title}
            <IconButton icon="close" label="Back to all components" onPress={() => go(ALL)} />
          </span>
        </p>
      )}
      <div className="dr-pane-list" ref={list} {...adding.listProps}>
        {items && <Items of={items.of} text={text} adding={adding} onBack={hideItems} />}
        {!items && !isSearching && open.folder && (
          <Back
            title={open.folder.name}
            count={countOf(views[0])}
            onBack={() => go({ info: open.info, folder: null })}
          />
        )}
        {shown.map((view) => (
          <section key={view.info.id} className="dr-grp" aria-label={view.info.title}>
            {(isSearching || isWhole) && (
              <div className="dr-grp-h">
                <h3>{view.info.title}</h3>
                {view.info.id in MAKES && (
                  <IconButton
                    icon="plus"
                    label={MAKES[view.info.id]!.label}
                    onPress={() => builder.make(MAKES[view.info.id]!.kind)}
                  />
                )}
                {view.total > view.shown && (
                  <Button
                    className="dr-act"
                    aria-label={`Show all ${view.total} ${view.info.title.toLowerCase()}`}
                    onPress={() => go({ info: view.info, folder: null })}
                  >
                    Show all {view.total}
                  </Button>
                )}
              </div>
            )}
            <ComponentList view={view} picked={picked} onPick={setPicked} />
            {view.components.some((each) => keyOf(each) === adding.at) && (
              <AddTo
                adding={adding}
                entries={ofComponents(view.components, {})}
                picked={picked}
                onItems={adding.openItems}
              />
            )}
            {view.folders.map((folder) => (
              <button
                key={folder.name}
                type="button"
                className="dr-comp dr-comp-more"
                title={clip(folder.name)}
                onClick={() => go({ info: open.info, folder: { info: view.info, name: folder.name } })}
              >
                <KindGlyph kind={view.info.kinds[0]!} />
                <span className="dr-ell" dir="auto">
                  {folder.name}
                </span>
                <span className="dr-badge">{folder.count}</span>
                <Icon name="right" small />
              </button>
            ))}
          </section>
        ))}
        {!items && views.length === 0 && (
          <p className="dr-pane-none" role="status">
            {isSearching
              ? `No ${open.info ? open.info.one : "component"} is called “${clip(text.trim(), 60)}”.`
              : `This data has no ${open.info ? open.info.title.toLowerCase() : "components"}.`}
          </p>
        )}
      </div>
    </>
  );
}

/** The catalog in the order of the list; the same value while the order is the same. */
function useOrder(
  catalog: readonly Component[],
  usage: Readonly<Record<string, number>>,
): readonly Component[] {
  const last = useRef<readonly Component[]>([]);
  return useMemo(() => {
    const next = ranked(catalog, usage ?? {});
    const isSame = next.length === last.current.length && next.every((each, at) => each === last.current[at]);
    return (last.current = isSame ? last.current : next);
  }, [catalog, usage]);
}

function viewsOf(catalog: readonly Component[], text: string, { info, folder }: Open): GroupView[] {
  if (text !== "") return search(catalog, text, info ? [info] : undefined);
  if (folder !== null) {
    const components = folderContent(catalog, folder.info, folder.name);
    const count = components.length;
    return [{ info: folder.info, components, folders: [], total: count, shown: count }];
  }
  if (info === null) return overview(catalog);
  const full = fullGroup(catalog, info);
  return full.total > 0 ? [full] : [];
}

function countOf(view: GroupView | undefined): number {
  return view?.total ?? 0;
}
