/** Rows a page, and which page: the small pop-overs of a block's total row. */
import { useState } from "react";
import { Button, Dialog, Form, Input, Label, Menu, MenuItem, TextField } from "react-aria-components";
import type { BlockHead, Intent } from "../../sync/types";
import { Pop } from "./Pop";

const LIMITS = [5, 10, 25, 50, 100, 200, 400];

export interface PagingProps {
  table: string;
  head: BlockHead;
  anchor: HTMLElement;
  onClose: () => void;
  ask: (intent: Intent) => void;
}

export function Limit({ table, head, anchor, onClose, ask }: PagingProps) {
  return (
    <Pop anchor={anchor} label="Rows a page" onClose={onClose}>
      <Menu
        aria-label="Rows a page"
        className="dr-menu"
        selectionMode="single"
        selectedKeys={[head.limit]}
        autoFocus="first"
        onAction={(key) => ask({ verb: "set_limit", table: table, path: head.path, limit: Number(key) })}
      >
        {LIMITS.map((limit) => (
          <MenuItem key={limit} id={limit} textValue={String(limit)} className="dr-menu-item">
            {limit}
          </MenuItem>
        ))}
      </Menu>
    </Pop>
  );
}

export function Goto({ table, head, anchor, onClose, ask }: PagingProps) {
  const [text, setText] = useState(String(head.page));
  const wanted = Number(text);
  const valid = Number.isInteger(wanted) && wanted >= 1 && wanted <= head.pages;
  return (
    <Pop anchor={anchor} label="Go to a page" onClose={onClose}>
      <Dialog aria-label="Go to a page" className="dr-dialog">
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            if (valid) ask({ verb: "page", table: table, path: head.path, page: wanted });
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
    </Pop>
  );
}
