/** Everything that can be done to the report as a whole: the toolbar's menus, the keys and the list of commands
 * are drawn from here. */
import { LOCALES } from "../sync/numbers";
import type { Intent, PanelState, ShellState } from "../sync/types";
import { PANELS, type Visualization, VISUALIZATIONS } from "../visualizations";

export interface Command {
  id: string;
  label: string;
  /** "Ctrl Shift Z"; empty: none. */
  shortcut: string;
  /** Why it can't run now; null: it can. */
  off: string | null;
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
  /** The current panel, for "into the panel". */
  panel: PanelState | null;
  send: (intent: Intent) => void;
  save: () => void;
  saveAs: () => void;
  /** Save, and say something of this version. */
  saveWithNote: () => void;
  versions: () => void;
  /** Ask what becomes of unsaved changes, then begin or open another report. */
  begin: () => void;
  open: () => void;
  publish: () => void;
  /** Get the report as a file. */
  download: (format: FileFormat) => void;
  print: () => void;
  /** Open a builder. */
  make: (kind: "metric" | "segment") => void;
}

export type FileFormat = "csv" | "xlsx" | "page" | "pdf";
const FILES: [FileFormat, string, string][] = [
  ["csv", "CSV", "Ctrl Shift V"],
  ["xlsx", "Excel Workbook", ""],
  ["page", "HTML Page", ""],
  ["pdf", "PDF", ""],
];
const NO_PANELS = "The report has no panels.";

export function menusOf(world: CommandWorld): MenuBar[] {
  const { state, panel, send, make } = world;
  const command = (
    id: string,
    label: string,
    shortcut: string,
    run: () => void,
    off: string | null = null,
  ): Command => ({ id, label, shortcut, run, off });
  const same = !state.unsaved && state.name !== null ? "Nothing has changed since it was saved." : null;
  const copy = state.reading ? "A copy to explore is not saved here." : null;
  const kept =
    state.reading?.rights.download === false ? "Its author lets it be read, not downloaded." : null;
  const nothing = state.panels.length === 0 ? NO_PANELS : null;
  return [
    {
      title: "Project",
      sections: [
        {
          title: null,
          commands: [
            command("new", "New", "", world.begin, copy),
            command("open", "Open…", "Ctrl O", world.open, copy),
            command("save", "Save", "Ctrl S", world.save, copy ?? same),
            command("note", "Save with Note…", "", world.saveWithNote, copy ?? same),
            command("save-as", "Save As…", "Ctrl Shift S", world.saveAs, copy),
            command(
              "versions",
              "Versions…",
              "",
              world.versions,
              copy ?? (state.name === null ? "It was never saved." : null),
            ),
            command("publish", "Publish…", "", world.publish, copy),
          ],
        },
        {
          title: null,
          commands: [
            command("refresh", "Refresh Project", "Alt R", () => send({ verb: "refresh" })),
            ...FILES.map(([format, label, shortcut]) =>
              command(
                format === "csv" ? "download" : `download-${format}`,
                `Download ${label}`,
                shortcut,
                () => world.download(format),
                nothing ?? kept,
              ),
            ),
            command("print", "Print", "Alt P", world.print, nothing),
          ],
        },
        {
          title: null,
          commands: LOCALES.map(([locale, name, sample]) =>
            command(
              `numbers-${locale}`,
              `Numbers as in ${name}: ${sample}`,
              "",
              () => send({ verb: "set_locale", locale }),
              locale === state.locale ? "Numbers are written so already." : null,
            ),
          ),
        },
      ],
    },
    {
      title: "Edit",
      sections: [
        {
          title: null,
          commands: [
            command(
              "undo",
              stepLabel("Undo", state.undoLabel),
              "Ctrl Z",
              () => send({ verb: "undo" }),
              state.canUndo ? null : "There is nothing to undo.",
            ),
            command(
              "redo",
              stepLabel("Redo", state.redoLabel),
              "Ctrl Shift Z",
              () => send({ verb: "redo" }),
              state.canRedo ? null : "There is nothing to redo.",
            ),
          ],
        },
        {
          title: null,
          commands: [command("clear", "Clear All", "Alt W", () => send({ verb: "clear" }), nothing)],
        },
      ],
    },
    {
      title: "Insert",
      sections: [
        {
          title: "Panels",
          commands: PANELS.map((each) =>
            command(each.id, `New ${each.label}`, each.shortcut, () => send(each.add)),
          ),
        },
        {
          title: panel ? `Into ${panel.title}` : "Visualizations",
          commands: VISUALIZATIONS.filter(({ shortcut }) => shortcut !== "")
            .sort((a, b) => a.shortcut.localeCompare(b.shortcut))
            .map((each) => inserting(each, panel, send)),
        },
        {
          title: "Components",
          commands: [
            command("metric", "New Calculated Metric…", "", () => make("metric")),
            command("segment", "New Segment…", "", () => make("segment")),
          ],
        },
      ],
    },
  ];
}

/** What puts something into the current panel. */
function inserting(each: Visualization, panel: PanelState | null, send: CommandWorld["send"]): Command {
  return {
    id: each.id,
    label: `New ${each.label}`,
    shortcut: each.shortcut,
    off: panel ? null : "Add a panel first.",
    run: () => panel && send(each.add(panel.id)),
  };
}

/** The commands that are in no menu of the toolbar, but in the list of commands. */
export function moreCommands({ state, panel, send }: CommandWorld): Command[] {
  const id = panel?.id;
  const off = panel ? null : NO_PANELS;
  const about = (label: string): string => (panel ? `${label} ${panel.title}` : `${label} the panel`);
  const at = state.panels.findIndex((each) => each.id === id);
  const move = (before: string | null): void => void (id && send({ verb: "move_panel", panel: id, before }));
  const isLast = at === state.panels.length - 1;
  return [
    ...VISUALIZATIONS.filter(({ shortcut }) => shortcut === "").map((each) => inserting(each, panel, send)),
    {
      id: "duplicate-panel",
      label: about("Duplicate"),
      shortcut: "",
      off,
      run: () => id && send({ verb: "duplicate_panel", panel: id }),
    },
    {
      id: "panel-up",
      label: `${about("Move")} up`,
      shortcut: "",
      off: off ?? (at === 0 ? "It is the first panel." : null),
      run: () => move(state.panels[at - 1]!.id),
    },
    {
      id: "panel-down",
      label: `${about("Move")} down`,
      shortcut: "",
      off: off ?? (isLast ? "It is the last panel." : null),
      run: () => move(state.panels[at + 2]?.id ?? null),
    },
    {
      id: "collapse-panel",
      label: about(panel?.collapsed ? "Expand" : "Collapse"),
      shortcut: "",
      off,
      run: () => panel && send({ verb: "collapse_panel", panel: panel.id, collapsed: !panel.collapsed }),
    },
    {
      id: "remove-panel",
      label: about("Remove"),
      shortcut: "",
      off,
      run: () => id && send({ verb: "remove_panel", panel: id }),
    },
    {
      id: "forget-usage",
      label: "List components by name again",
      shortcut: "",
      off: null,
      run: () => send({ verb: "forget_usage" }),
    },
  ];
}

/** "Undo: break down Spring sale by City". */
export function stepLabel(verb: string, step: string | null): string {
  return step === null ? verb : `${verb}: ${step.slice(0, 1).toLowerCase()}${step.slice(1)}`;
}

export function allCommands(menus: MenuBar[]): Command[] {
  return menus.flatMap((menu) => menu.sections.flatMap((section) => section.commands));
}
