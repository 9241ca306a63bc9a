/** The menus and pop-overs of a grid: of a row, of a column, row search, page, rows a page. */
import { useState } from "react";
import {
  Button,
  Checkbox,
  Dialog,
  Form,
  Input,
  Label,
  Menu,
  MenuItem,
  Popover,
  Separator,
  TextField,
} from "react-aria-components";
import { useDrop } from "../drop/context";
import type { BlockHead, Intent, ItemRow, Ref, TablePayload } from "../sync/types";
import type { Action } from "./actions";
import { headOf } from "./diff";
import { Picker } from "./Picker";

export type OpenMenu = Extract<Action, { anchor: HTMLElement }> & { table: string };
const LIMITS = [5, 10, 25, 50, 100, 200, 400];

interface GridMenuProps {
  menu: OpenMenu;
  payload: TablePayload;
  page: boolean;
  selected: ItemRow[];
  onClose: () => void;
}
type Ask = (intent: Intent) => void;

export function GridMenu({ menu, payload, page, selected, onClose }: GridMenuProps) {
  const { send } = useDrop();
  const ask: Ask = (intent) => {
    onClose();
    void send(intent);
  };
  switch (menu.do) {
    case "row-menu":
      return <RowMenu row={menu.row} {...{ menu, payload, page, selected, onClose, ask }} />;
    case "head-menu":
      return <HeadMenu {...{ menu, payload, onClose, ask }} />;
    case "limit":
      return (
        <Shell anchor={menu.anchor} label="Rows a page" onClose={onClose}>
          <Menu
            aria-label="Rows a page"
            className="dr-menu"
            selectionMode="single"
            selectedKeys={[menu.head.limit]}
            autoFocus="first"
            onAction={(key) =>
              ask({ verb: "set_limit", table: menu.table, path: menu.head.path, limit: Number(key) })
            }
          >
            {LIMITS.map((limit) => (
              <MenuItem key={limit} id={limit} textValue={String(limit)} className="dr-menu-item">
                {limit}
              </MenuItem>
            ))}
          </Menu>
        </Shell>
      );
    case "search":
      return <Search {...{ menu, head: menu.head, onClose, ask }} />;
    case "page":
      return <Goto {...{ menu, head: menu.head, onClose, ask }} />;
    default:
      return null;
  }
}

function Shell({
  anchor,
  label,
  onClose,
  children,
}: {
  anchor: HTMLElement;
  label: string;
  onClose: () => void;
  children: React.ReactNode;
}) {
  return (
    <Popover
      triggerRef={{ current: anchor }}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      className="dr-pop"
      aria-label={label}
    >
      {children}
    </Popover>
  );
}

function RowMenu({
  menu,
  row,
  payload,
  page,
  selected,
  onClose,
  ask,
}: {
  menu: OpenMenu;
  row: ItemRow;
  payload: TablePayload;
  page: boolean;
  selected: ItemRow[];
  onClose: () => void;
  ask: Ask;
}) {
  const [breaking, setBreaking] = useState(false);
  const together = selected.length > 1 && selected.some((each) => each.id === row.id);
  const name = together ? `${selected.length} rows` : row.label;
  const table = menu.table;
  if (breaking) {
    return (
      <Picker
        anchor={menu.anchor}
        label={`Break down ${name} by`}
        kinds={["dimension", "time"]}
        onClose={onClose}
        without={ancestry(payload, row)}
        target={{ on: "row", table, paths: together ? selected.map((each) => each.path) : [row.path] }}
      />
    );
  }
  const run = (key: React.Key): void => {
    if (key === "break") setBreaking(true);
    else if (key === "remove") ask({ verb: "remove_breakdown", table, path: row.path });
    else ask({ verb: "collapse_breakdown", table, path: row.path, collapsed: key === "close" });
  };
  const has = row.open !== null;
  if (page && !has) return null;
  return (
    <Shell anchor={menu.anchor} label={`Actions for ${row.label}`} onClose={onClose}>
      <Menu
        aria-label={`Actions for ${row.label}`}
        className="dr-menu"
        autoFocus="first"
        onAction={run}
        shouldCloseOnSelect={false}
      >
        {!page && (
          <MenuItem id="break" className="dr-menu-item">
            Break down {together ? name : ""} by…
          </MenuItem>
        )}
        {has && !page && <Separator className="dr-menu-line" />}
        {has && (
          <MenuItem id={row.open ? "close" : "open"} className="dr-menu-item">
            {row.open ? "Close" : "Open"} breakdown
          </MenuItem>
        )}
        {has && !page && (
          <MenuItem id="remove" className="dr-menu-item">
            Remove breakdown
          </MenuItem>
        )}
      </Menu>
    </Shell>
  );
}

/** The dimensions of the blocks that a row lies in: it can't be broken down by them again. */
function ancestry(payload: TablePayload, row: ItemRow): (Ref | null)[] {
  const refs: (Ref | null)[] = [];
  let at: ItemRow | null = row;
  while (at) {
    const head: BlockHead | null = headOf(payload, at.id);
    refs.push(head?.ref ?? null);
    const { path }: ItemRow = at;
    at =
      payload.rows.find(
        (each): each is ItemRow =>
          each.type === "item" &&
          each.path.length === path.length - 1 &&
          each.path.every((step, index) => step === path[index]),
      ) ?? null;
  }
  return refs;
}

function HeadMenu({
  menu,
  payload,
  onClose,
  ask,
}: {
  menu: OpenMenu;
  payload: TablePayload;
  onClose: () => void;
  ask: Ask;
}) {
  if (menu.do !== "head-menu") return null;
  const table = menu.table;
  const at = payload.columns.findIndex((column) => column.id === menu.column);
  const column = payload.columns[at];
  if (!column) return null;
  const move = (before: string | null): void =>
    ask({ verb: "move_column", table, column: column.id, before });
  const run = (key: React.Key): void => {
    if (key === "desc" || key === "asc")
      ask({ verb: "sort", table, column: column.id, descending: key === "desc" });
    else if (key === "left") move(payload.columns[at - 1]!.id);
    else if (key === "right") move(payload.columns[at + 2]?.id ?? null);
    else if (key === "remove") ask({ verb: "remove_column", table, column: column.id });
    else ask({ verb: "remove_column_filter", table, column: column.id, index: Number(String(key).slice(7)) });
  };
  const off = [at === 0 ? "left" : "", at === payload.columns.length - 1 ? "right" : ""].filter(Boolean);
  return (
    <Shell anchor={menu.anchor} label={`Actions for ${column.label}`} onClose={onClose}>
      <Menu
        aria-label={`Actions for ${column.label}`}
        className="dr-menu"
        autoFocus="first"
        onAction={run}
        disabledKeys={off}
      >
        <MenuItem id="desc" className="dr-menu-item">
          Sort descending
        </MenuItem>
        <MenuItem id="asc" className="dr-menu-item">
          Sort ascending
        </MenuItem>
        <Separator className="dr-menu-line" />
        <MenuItem id="left" className="dr-menu-item">
          Move left
        </MenuItem>
        <MenuItem id="right" className="dr-menu-item">
          Move right
        </MenuItem>
        <Separator className="dr-menu-line" />
        {column.filters.map((filter, index) => (
          <MenuItem
            key={index}
            id={`filter:${index}`}
            className="dr-menu-item"
            textValue={`Remove the filter ${filter.label}`}
          >
            <span className="dr-ell">Remove the filter {filter.label}</span>
          </MenuItem>
        ))}
        <MenuItem id="remove" className="dr-menu-item">
          Remove column
        </MenuItem>
      </Menu>
    </Shell>
  );
}

function Search({
  menu,
  head,
  onClose,
  ask,
}: {
  menu: OpenMenu;
  head: BlockHead;
  onClose: () => void;
  ask: Ask;
}) {
  const [text, setText] = useState(head.search);
  const [missing, setMissing] = useState(head.includeMissing);
  return (
    <Shell anchor={menu.anchor} label={`Search rows of ${head.label}`} onClose={onClose}>
      <Dialog aria-label={`Search rows of ${head.label}`} className="dr-dialog">
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            ask({
              verb: "set_search",
              table: menu.table,
              path: head.path,
              text: text.trim(),
              include_missing: missing,
            });
          }}
        >
          <Checkbox isSelected={missing} onChange={setMissing} className="dr-check">
            <span className="dr-box" aria-hidden="true" />
            Include unspecified (N/A)
          </Checkbox>
          <TextField value={text} onChange={setText} autoFocus className="dr-labelled">
            <Label>Search word or phrase</Label>
            <Input className="dr-input" />
          </TextField>
          <div className="dr-dialog-actions">
            <Button className="dr-btn dr-quiet" onPress={onClose}>
              Cancel
            </Button>
            <Button className="dr-btn dr-primary" type="submit">
              Apply
            </Button>
          </div>
        </Form>
      </Dialog>
    </Shell>
  );
}

function Goto({
  menu,
  head,
  onClose,
  ask,
}: {
  menu: OpenMenu;
  head: BlockHead;
  onClose: () => void;
  ask: Ask;
}) {
  const [text, setText] = useState(String(head.page));
  const wanted = Number(text);
  const valid = Number.isInteger(wanted) && wanted >= 1 && wanted <= head.pages;
  return (
    <Shell anchor={menu.anchor} label="Go to a page" onClose={onClose}>
      <Dialog aria-label="Go to a page" className="dr-dialog">
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            if (valid) ask({ verb: "page", table: menu.table, path: head.path, page: wanted });
          }}
        >
          <TextField value={text} onChange={setText} autoFocus isInvalid={!valid} className="dr-labelled">
            <Label>Page, 1 to {head.pages}</Label>
            <Input
              className="dr-input"
              inputMode="numeric"
              onFocus={(event) => event.currentTarget.select()}
            />
          </TextField>
          <div className="dr-dialog-actions">
            <Button className="dr-btn dr-primary" type="submit" isDisabled={!valid}>
              Go
            </Button>
          </div>
        </Form>
      </Dialog>
    </Shell>
  );
}
