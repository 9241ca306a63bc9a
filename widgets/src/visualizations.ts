/** What a panel can hold: the rail, the Insert menu and empty panels list these. One entry is one line. */
import type { ChartType } from "./sync/charts";
import type { Intent } from "./sync/types";

export interface Visualization {
  id: string;
  label: string;
  icon: string;
  /** The key that puts a new one into the current panel; those with a key stand in the Insert menu. */
  shortcut: string;
  /** What puts a new one into a panel, to draw a table of it where one is named. */
  add: (panel: string, source?: string) => Intent;
}

interface ChartEntry {
  type: ChartType;
  label: string;
  icon: string;
  shortcut?: string;
}

/** The types of charts, by the name that Python knows. */
export const CHARTS: readonly ChartEntry[] = [
  { type: "area", label: "Area", icon: "area" },
  { type: "area stacked", label: "Area Stacked", icon: "areas" },
  { type: "bar", label: "Bar", icon: "bar", shortcut: "Alt 3" },
  { type: "bar stacked", label: "Bar Stacked", icon: "stack" },
  { type: "bullet", label: "Bullet", icon: "bullet" },
  { type: "combo", label: "Combo", icon: "combo" },
  { type: "donut", label: "Donut", icon: "donut" },
  { type: "flow", label: "Flow", icon: "flow" },
  { type: "horizontal bar", label: "Horizontal Bar", icon: "hbar" },
  { type: "horizontal bar stacked", label: "Horizontal Bar Stacked", icon: "hstack" },
  { type: "line", label: "Line", icon: "line", shortcut: "Alt 2" },
  { type: "scatter", label: "Scatter", icon: "scatter" },
  { type: "summary change", label: "Summary Change", icon: "change" },
  { type: "summary number", label: "Summary Number", icon: "number" },
];

export const VISUALIZATIONS: readonly Visualization[] = [
  {
    id: "table",
    label: "Freeform Table",
    icon: "table",
    shortcut: "Alt 1",
    add: (panel) => ({ verb: "add_table", panel }),
  },
  ...CHARTS.map(({ type, label, icon, shortcut = "" }): Visualization => ({
    id: type.replaceAll(" ", "-"),
    label,
    icon,
    shortcut,
    add: (panel, source) => ({ verb: "add_chart", panel, type, ...(source ? { source } : {}) }),
  })),
  { id: "text", label: "Text", icon: "text", shortcut: "", add: (panel) => ({ verb: "add_text", panel }) },
];

/** Whether a chart is a figure set as text. */
export function isNumber(type: ChartType): boolean {
  return type === "summary number" || type === "summary change";
}

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
