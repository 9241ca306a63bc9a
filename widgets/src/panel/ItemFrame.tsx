/** What every item of a panel has around it: title, tools, a handle to move and one to size it. */
import { type ReactNode, useRef } from "react";
import { Button, MenuTrigger, Popover } from "react-aria-components";
import { download, ifOk } from "../shell/files";
import { useBase, useShell } from "../sync/context";
import type { Box, Intent, ItemState } from "../sync/types";
import { CommandMenu, type MenuCommand } from "../ui/CommandMenu";
import { EditableTitle } from "../ui/EditableTitle";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { clip } from "../ui/Label";
import { COLUMNS, UNIT } from "./tiles";
import { useTile } from "./useTile";

type Look = "table" | "card" | "number" | "text";

interface ItemFrameProps {
  item: ItemState;
  /** All items of the panel, this one among them, in reading order. */
  items: readonly ItemState[];
  /** What stands before the title: where its figures come from. */
  mark: ReactNode;
  /** A card has an edge, a number is a small one; a table has its own. */
  look?: Look;
  /** More buttons beside the title. */
  tools?: ReactNode;
  children: ReactNode;
}

export function ItemFrame({ item, items, mark, look = "table", tools, children }: ItemFrameProps) {
  const { send } = useBase();
  const frame = useRef<HTMLElement>(null);
  const { id, title, collapsed, box } = item;
  const tile = useTile(frame, item);
  const collapse = (): void => void send({ verb: "collapse_item", item: id, collapsed: !collapsed });
  const isUntitled = item.type === "chart" && item.hideTitle;
  const place = {
    gridColumn: `${box.x + 1} / span ${box.w}`,
    gridRow: `${box.y + 1} / span ${box.h}`,
    minHeight: item.natural || collapsed ? undefined : box.h * UNIT,
  };
  return (
    <section
      className="dr-item"
      data-look={look}
      data-untitled={isUntitled || undefined}
      aria-label={title}
      ref={frame}
      style={place}
      data-item={id}
      data-rows={`${box.y} ${box.h}`}
      data-dr-zone="item"
      data-id={id}
      data-moving={tile.ghost ? true : undefined}
    >
      <header className="dr-item-h dr-fades">
        {mark}
        <EditableTitle
          as="h3"
          title={title}
          what={item.type}
          onRename={(next) => void send({ verb: "rename_item", item: id, title: next })}
        />
        <span className="dr-item-tools">
          <button
            type="button"
            className="dr-ib dr-item-grip"
            aria-label={clip(`Move or resize ${title}`)}
            {...tile.grip}
          >
            <Icon name="grip" />
          </button>
          {tools}
          <ItemMenu item={item} items={items} onCollapse={collapse} />
          <IconButton
            icon={collapsed ? "right" : "down"}
            label={`${collapsed ? "Expand" : "Collapse"} ${title}`}
            isExpanded={!collapsed}
            onPress={collapse}
          />
          <IconButton
            icon="close"
            label={`Remove ${title}`}
            onPress={() => void send({ verb: "remove_item", item: id })}
          />
        </span>
      </header>
      {!collapsed && children}
      <span className="dr-item-size dr-fades" aria-hidden="true" {...tile.corner} />
      {tile.ghost && <span className="dr-tile-ghost" aria-hidden="true" style={tile.ghost} />}
    </section>
  );
}

/** A table can be there for its charts alone; they bring it back in their data source settings. */
function hiding({ id }: ItemState, send: (intent: Intent) => unknown): MenuCommand {
  return {
    id: "hide",
    label: "Hide: its charts stay",
    run: () => void send({ verb: "show_table", table: id, hidden: true }),
  };
}

interface ItemMenuProps {
  item: ItemState;
  items: readonly ItemState[];
  onCollapse: () => void;
}

function ItemMenu(props: ItemMenuProps) {
  const name = clip(`More for ${props.item.title}`);
  return (
    <MenuTrigger>
      <Button className="dr-ib" aria-label={name}>
        <Icon name="more" />
      </Button>
      <Popover className="dr-pop" placement="bottom end" offset={4} aria-label={name}>
        <ItemCommands {...props} />
      </Popover>
    </MenuTrigger>
  );
}

/** Drawn while the menu is open: only then do the other panels matter. */
function ItemCommands({ item, items, onCollapse }: ItemMenuProps) {
  const { send, state } = useShell();
  const { id, title, box, natural } = item;
  const index = items.indexOf(item);
  const [above, below] = [items[index - 1], items[index + 1]];
  const h = natural ? null : box.h;
  const put = (to: Partial<Box>, high = h): void =>
    void send({
      verb: "place_item",
      item: id,
      x: to.x ?? box.x,
      y: to.y ?? box.y,
      w: to.w ?? box.w,
      h: high,
    });
  const picture = (): Promise<void> =>
    send({ verb: "export", format: "png", table: id }).then(ifOk(download));
  const isBeside = above !== undefined && above.box.x + above.box.w <= COLUMNS / 2;
  const commands = [
    { id: "duplicate", label: "Duplicate", run: () => void send({ verb: "duplicate_item", item: id }) },
    {
      id: "up",
      label: "Move up",
      off: above ? null : "It is the first one.",
      run: () => put({ y: above!.box.y }),
    },
    {
      id: "down",
      label: "Move down",
      off: below ? null : "It is the last one.",
      run: () => put({ y: below!.box.y + below!.box.h }),
    },
    { id: "collapse", label: item.collapsed ? "Expand" : "Collapse", run: onCollapse },
    { id: "picture", label: "Download as picture", run: () => void picture() },
    ...(item.type === "table" ? [hiding(item, send)] : []),
  ];
  const sizes = [
    {
      id: "full",
      label: "All columns",
      off: box.w === COLUMNS ? "It has them." : null,
      run: () => put({ x: 0, w: COLUMNS }),
    },
    { id: "left", label: "Left half", run: () => put({ x: 0, w: COLUMNS / 2 }) },
    {
      id: "right",
      label: "Right half",
      run: () => put({ x: COLUMNS / 2, w: COLUMNS / 2, y: isBeside ? above.box.y : box.y }),
    },
    {
      id: "natural",
      label: "As high as its content",
      off: natural ? "It is." : null,
      run: () => put({}, null),
    },
  ];
  const panels = state.panels
    .filter((panel) => panel.items.every((each) => each.id !== id))
    .map((panel) => ({
      id: `panel:${panel.id}`,
      label: panel.title,
      run: () => void send({ verb: "move_item", item: id, panel: panel.id }),
    }));
  return (
    <CommandMenu
      label={`More for ${title}`}
      sections={[
        { title: null, commands },
        { title: "Size", commands: sizes },
        ...(panels.length > 0 ? [{ title: "Move to panel", commands: panels }] : []),
      ]}
    />
  );
}
