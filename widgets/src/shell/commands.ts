/** The items of the toolbar's menus: what they are called, their key, whether they can run now. */
import type { Intent, ShellState } from "../sync/types";

export interface Command {
  id: string;
  label: string;
  shortcut: string;
  isEnabled: boolean;
  run: () => void;
}
export interface MenuSection {
  title: string | null;
  commands: Command[];
}
export interface MenuBar {
  title: string;
  sections: MenuSection[];
}

export interface CommandWorld {
  state: ShellState;
  /** The panel that was used last, for "into the current panel". */
  panel: string | null;
  send: (intent: Intent) => void;
  save: () => void;
  saveAs: () => void;
}

export function menusOf({ state, panel, send, save, saveAs }: CommandWorld): MenuBar[] {
  const command = (
    id: string,
    label: string,
    shortcut: string,
    run: () => void,
    isEnabled = true,
  ): Command => ({
    id,
    label,
    shortcut,
    isEnabled,
    run,
  });
  return [
    {
      title: "Project",
      sections: [
        {
          title: null,
          commands: [
            command("save", "Save", "Ctrl S", save, state.unsaved || state.name === null),
            command("save-as", "Save As…", "Ctrl Shift S", saveAs),
          ],
        },
        {
          title: null,
          commands: [command("refresh", "Refresh Project", "Alt R", () => send({ verb: "refresh" }))],
        },
      ],
    },
    {
      title: "Edit",
      sections: [
        {
          title: null,
          commands: [
            command("undo", "Undo", "Ctrl Z", () => send({ verb: "undo" }), state.canUndo),
            command("redo", "Redo", "Ctrl Shift Z", () => send({ verb: "redo" }), state.canRedo),
          ],
        },
        {
          title: null,
          commands: [
            command("clear", "Clear All", "Alt W", () => send({ verb: "clear" }), state.panels.length > 0),
          ],
        },
      ],
    },
    {
      title: "Insert",
      sections: [
        {
          title: "Panels",
          commands: [
            command("blank", "New Blank Panel", "Alt B", () => send({ verb: "add_panel", table: false })),
            command("freeform", "New Freeform", "Alt A", () => send({ verb: "add_panel", table: true })),
          ],
        },
        {
          title: "Visualizations",
          commands: [
            command(
              "table",
              "New Freeform Table",
              "Alt 1",
              () => panel !== null && send({ verb: "add_table", panel }),
              panel !== null,
            ),
          ],
        },
      ],
    },
  ];
}

export function allCommands(menus: MenuBar[]): Command[] {
  return menus.flatMap((menu) => menu.sections.flatMap((section) => section.commands));
}
