/** The menu or pop-over that is open over a grid. What the menus offer stands in menu/registry.ts. */
import { useDrop } from "../drop/context";
import type { Intent, ItemRow, TablePayload } from "../sync/types";
import type { Action } from "./actions";
import { Why } from "../explain/Why";
import { findRow } from "./diff";
import { ColumnSettings } from "./settings/ColumnSettings";
import { RowSettings } from "./settings/RowSettings";
import { EntryMenu } from "./menu/EntryMenu";
import { Goto, Limit } from "./menu/paging";
import { Search } from "./menu/Search";
import type { Spot } from "./menu/types";

export type OpenMenu = Extract<Action, { anchor: HTMLElement }> & { table: string };

interface GridMenuProps {
  menu: OpenMenu;
  payload: TablePayload;
  page: boolean;
  selected: ItemRow[];
  onClose: () => void;
}

export function GridMenu({ menu, payload, page, selected, onClose }: GridMenuProps) {
  const { send, state } = useDrop();
  const ask = (intent: Intent): void => {
    onClose();
    void send(intent);
  };
  const keep = (intent: Intent): void => void send(intent);
  switch (menu.do) {
    case "row-menu":
    case "head-menu":
    case "total-menu":
    case "entry":
      return (
        <EntryMenu
          spot={spotOf(menu, payload, page, state.records, selected)}
          start={menu.do === "entry" ? menu.entry : null}
          onClose={onClose}
        />
      );
    case "why":
      return <Why {...menu} {...{ payload, onClose }} />;
    case "settings": {
      const column = payload.columns.find((each) => each.id === menu.column);
      return column ? <ColumnSettings {...menu} {...{ column, onClose }} send={keep} /> : null;
    }
    case "row-settings": {
      const head = findRow(payload, menu.head.id);
      return head?.type === "total" ? (
        <RowSettings {...{ payload, head, onClose }} anchor={menu.anchor} send={keep} />
      ) : null;
    }
    case "limit":
      return <Limit {...menu} {...{ onClose, ask }} />;
    case "search":
      return <Search {...menu} {...{ onClose, ask }} />;
    case "page":
      return <Goto {...menu} {...{ onClose, ask }} />;
    default:
      return null;
  }
}

/** What is meant by a row: all that are selected, where it is among them. */
export function together(row: ItemRow, selected: ItemRow[]): ItemRow[] {
  return selected.some(({ id }) => id === row.id) ? selected : [row];
}

type Asked = Extract<OpenMenu, { do: "row-menu" | "head-menu" | "total-menu" | "entry" }>;

function spotOf(
  menu: Asked,
  payload: TablePayload,
  page: boolean,
  records: boolean,
  selected: ItemRow[],
): Spot {
  const at = menu.do === "head-menu" ? null : menu.do === "total-menu" ? menu.head : menu.row;
  const row = at?.type === "item" ? at : null;
  return {
    on: at === null ? "head" : row ? "row" : "total",
    table: menu.table,
    payload,
    page,
    records,
    anchor: menu.anchor,
    row,
    head: at?.type === "total" ? at : null,
    column: payload.columns.find((column) => column.id === menu.column) ?? null,
    rows: row ? together(row, selected) : [],
  };
}
