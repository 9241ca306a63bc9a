/** Where something new from the rail can be put: pure. A chart that is dropped on a table draws that one. */
import { isShown } from "../sync/items";
import type { Intent, PanelState } from "../sync/types";
import { CHARTS, PANELS, VISUALIZATIONS } from "../visualizations";
import { clip } from "../ui/Label";
import type { Dragged } from "./store";
import type { DropTarget } from "./targets";

export type DraggedNew = Extract<Dragged, { what: "new" }>;

export function placesFor(panels: readonly PanelState[], { kind, id, label }: DraggedNew): DropTarget[] {
  const name = label.toLowerCase();
  if (kind === "panel") {
    const add = PANELS.find((each) => each.id === id)?.add;
    return add ? [made("canvas", "new", `Add a panel: ${name}`, add)] : [];
  }
  const visualization = VISUALIZATIONS.find((each) => each.id === id);
  if (!visualization) return [];
  const draws = CHARTS.some((each) => each.label === label);
  const targets: DropTarget[] = [];
  for (const panel of panels.filter(({ collapsed }) => !collapsed)) {
    for (const item of panel.items) {
      if (!draws || item.type !== "table" || item.collapsed || !isShown(item)) continue;
      const words = `Draw ${clip(item.title, 80)} as ${name}`;
      targets.push(made("item", item.id, words, visualization.add(panel.id, item.id)));
    }
    const words = `Add ${name} to ${clip(panel.title, 80)}`;
    targets.push(made("new_table", panel.id, words, visualization.add(panel.id)));
  }
  return targets;
}

function made(zone: "canvas" | "item" | "new_table", id: string, phrase: string, add: Intent): DropTarget {
  return {
    key: `zone:${zone}:${id}`,
    place: "new",
    target: null,
    move: null,
    add,
    anchor: { at: "zone", zone, id },
    phrase,
    where: "",
    twin: false,
  };
}
