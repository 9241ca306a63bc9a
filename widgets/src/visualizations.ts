/** What a panel can hold: the rail, the Insert menu and empty panels list these. One entry is one line. */
import type { Intent } from "./sync/types";

export interface Visualization {
  id: string;
  label: string;
  icon: string;
  shortcut: string;
  /** What puts a new one into a panel. */
  add: (panel: string) => Intent;
}

export const VISUALIZATIONS: readonly Visualization[] = [
  {
    id: "table",
    label: "Freeform Table",
    icon: "table",
    shortcut: "Alt 1",
    add: (panel) => ({ verb: "add_table", panel }),
  },
];

/** The panels that can be added. */
export interface PanelKind {
  id: string;
  label: string;
  icon: string;
  shortcut: string;
  add: Intent;
}

export const PANELS: readonly PanelKind[] = [
  {
    id: "blank",
    label: "Blank Panel",
    icon: "panels",
    shortcut: "Alt B",
    add: { verb: "add_panel", table: false },
  },
  {
    id: "freeform",
    label: "Freeform",
    icon: "table",
    shortcut: "Alt A",
    add: { verb: "add_panel", table: true },
  },
];
