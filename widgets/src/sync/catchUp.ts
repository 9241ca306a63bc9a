/** Makes up for what was lost while a page was loaded over a kernel that goes on counting.
 *
 * Jupyter's widget manager asks for the state of all models, and then makes its own of each. What Python sends
 * of a model in between is dropped: a table would wait for ever for figures that were sent to nobody. By the
 * time that our first reply is here, all that was sent before it is, too.
 */
import { getModel, idOf, type GridModel, type WidgetManager } from "../grid/mount";
import type { ShellModel } from "./model";
import type { Sender } from "./sender";

export async function catchUp(model: ShellModel, sender: Pick<Sender, "catchUp">): Promise<void> {
  const references = [...Object.values(model.get("grids")), ...Object.values(model.get("charts"))];
  const manager = model.widget_manager as WidgetManager;
  const models = await Promise.allSettled(references.map((each) => getModel(manager, each)));
  const { data } = await sender.catchUp([]);
  const last = new Map(Object.entries((data ?? {}) as Record<string, number>));
  const here = [[model.get("view"), model.get("revision")] as const];
  models.forEach((each, index) => {
    if (each.status === "fulfilled") here.push([idOf(references[index]!), revisionOf(each.value)]);
  });
  const behind = here.filter(([id, revision]) => (last.get(id) ?? revision) !== revision);
  if (behind.length > 0) await sender.catchUp(behind.map(([id]) => id));
}

const revisionOf = (model: GridModel): number => (model.get("payload") as { revision: number }).revision;
