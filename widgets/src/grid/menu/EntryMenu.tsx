/** Draws the entries that fit where a menu was opened, and runs the chosen one. */
import { Fragment, type ReactNode, useEffect, useState } from "react";
import { Menu, MenuItem, Separator } from "react-aria-components";
import { useDrop } from "../../drop/context";
import { download, ifOk } from "../../shell/files";
import { Pop } from "./Pop";
import { entriesFor } from "./registry";
import type { Spot, ViewProps } from "./types";

interface EntryMenuProps extends ViewProps {
  /** The id of an entry that a key went straight to; null: show the menu. */
  start?: string | null;
}

export function EntryMenu({ spot, onClose, start = null }: EntryMenuProps) {
  const { send } = useDrop();
  const [view, setView] = useState<{ draw: (props: ViewProps) => ReactNode } | null>(null);
  const groups = entriesFor(spot);
  const entries = groups.flat();
  const tools = {
    ask: (intent: Parameters<typeof send>[0]) => {
      onClose();
      void send(intent);
    },
    download: (intent: Parameters<typeof send>[0]) => {
      onClose();
      void send(intent).then(ifOk(download));
    },
    open: (draw: (props: ViewProps) => ReactNode) => setView({ draw }),
    close: onClose,
  };
  // A key leads to its entry once, and nowhere where that does not fit.
  useEffect(() => {
    if (start === null) return;
    const entry = entries.find((each) => each.id === start);
    if (entry) entry.run(spot, tools);
    else onClose();
  }, [start]);
  if (view) {
    const View = view.draw;
    return <View spot={spot} onClose={onClose} />;
  }
  if (start !== null || entries.length === 0) return null;
  const name = `Actions for ${nameOf(spot)}`;
  return (
    <Pop anchor={spot.anchor} label={name} onClose={onClose}>
      <Menu
        aria-label={name}
        className={`dr-menu ${entries.some((entry) => entry.keys) ? "dr-menu-wide" : ""}`}
        autoFocus="first"
        shouldCloseOnSelect={false}
        disabledKeys={entries.filter((entry) => entry.off?.(spot)).map((entry) => entry.id)}
        onAction={(key) => entries.find((entry) => entry.id === key)?.run(spot, tools)}
      >
        {groups.map((group, index) => (
          <Fragment key={group[0]!.group}>
            {index > 0 && <Separator className="dr-menu-line" />}
            {group.map((entry) => (
              <MenuItem key={entry.id} id={entry.id} className="dr-menu-item" textValue={entry.label(spot)}>
                <span className="dr-ell">{entry.label(spot)}</span> {entry.keys && <kbd>{entry.keys}</kbd>}
              </MenuItem>
            ))}
          </Fragment>
        ))}
      </Menu>
    </Pop>
  );
}

function nameOf({ on, row, head, column }: Spot): string {
  if (on === "head") return column?.label ?? "";
  return on === "row" ? (row?.label ?? "") : `the total of ${head?.label ?? ""}`;
}
