/** The list of components: groups, a group in full, a folder, or what a search finds. */
import { useMemo, useRef, useState } from "react";
import { Button, Input, SearchField } from "react-aria-components";
import { useBase } from "../sync/context";
import { Icon, KindGlyph } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { clip } from "../ui/Label";
import { AddTo, useAddTo } from "./AddTo";
import { ComponentList, type Picked } from "./ComponentList";
import { folderContent, fullGroup, type GroupInfo, type GroupView, keyOf, overview, search } from "./groups";

/** Which part of the list is open; one goes back step by step. */
interface Open {
  info: GroupInfo;
  folder: string | null;
  /** Whether the group was open in full before the folder was. */
  full: boolean;
}

export function Pane({ onClose }: { onClose: () => void }) {
  const { catalog } = useBase();
  const [text, setText] = useState("");
  const [open, setOpen] = useState<Open | null>(null);
  const [picked, setPicked] = useState<Picked>(null);
  const list = useRef<HTMLDivElement>(null);
  const adding = useAddTo(list);

  const isSearching = text.trim() !== "";
  const views = useMemo(
    () => viewsOf(catalog, isSearching ? text : "", open),
    [catalog, isSearching, text, open],
  );
  const go = (next: Open | null): void => {
    setOpen(next);
    setPicked(null);
    list.current?.scrollTo({ top: 0 });
  };
  const back = (): void =>
    go(open?.folder != null && open.full ? { info: open.info, folder: null, full: true } : null);

  return (
    <>
      <header className="dr-pane-h">
        <h2>Components</h2>
        <IconButton icon="rail" label="Close the list" onPress={onClose} />
      </header>
      <div className="dr-pane-search">
        <SearchField aria-label="Search components" value={text} onChange={setText} className="dr-field">
          <Icon name="search" />
          <Input placeholder="Search components" />
          {text !== "" && (
            <Button className="dr-ib" aria-label="Clear the search">
              <Icon name="close" small />
            </Button>
          )}
        </SearchField>
      </div>
      <div className="dr-pane-list" ref={list} {...adding.listProps}>
        {!isSearching && open && (
          <Back title={open.folder ?? open.info.title} count={countOf(views[0])} onBack={back} />
        )}
        {views.map((view) => (
          <section key={view.info.id} className="dr-grp" aria-label={view.info.title}>
            {(isSearching || !open) && (
              <div className="dr-grp-h">
                <h3>{view.info.title}</h3>
                {view.total > view.shown && (
                  <Button
                    className="dr-act"
                    aria-label={`Show all ${view.total} ${view.info.title.toLowerCase()}`}
                    onPress={() => go({ info: view.info, folder: null, full: true })}
                  >
                    Show all {view.total}
                  </Button>
                )}
              </div>
            )}
            <ComponentList view={view} picked={picked} onPick={setPicked} />
            {view.components.some((each) => keyOf(each) === adding.at) && (
              <AddTo adding={adding} picked={picked} />
            )}
            {view.folders.map((folder) => (
              <button
                key={folder.name}
                type="button"
                className="dr-comp dr-comp-more"
                title={clip(folder.name)}
                onClick={() => go({ info: view.info, folder: folder.name, full: open !== null })}
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
        {views.length === 0 && (
          <p className="dr-pane-none" role="status">
            {isSearching
              ? `No component is called “${clip(text.trim(), 60)}”.`
              : "This data has no components."}
          </p>
        )}
      </div>
    </>
  );
}

function viewsOf(catalog: Parameters<typeof overview>[0], text: string, open: Open | null): GroupView[] {
  if (text !== "") return search(catalog, text);
  if (open === null) return overview(catalog);
  if (open.folder === null) return [fullGroup(catalog, open.info)];
  const components = folderContent(catalog, open.info, open.folder);
  return [{ info: open.info, components, folders: [], total: components.length, shown: components.length }];
}

function countOf(view: GroupView | undefined): number {
  return view?.total ?? 0;
}

function Back({ title, count, onBack }: { title: string; count: number; onBack: () => void }) {
  return (
    <div className="dr-grp-h dr-grp-back">
      <Button className="dr-ib" aria-label="Back to all components" onPress={onBack} autoFocus>
        <Icon name="left" />
      </Button>
      <h3 className="dr-ell" dir="auto" title={clip(title)}>
        {title}
      </h3>
      <span className="dr-badge">{count}</span>
    </div>
  );
}
