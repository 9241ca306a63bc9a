/** Loads what draws charts: once per page, when the first chart is shown. It comes from the kernel. */
import { textOf } from "../shell/files";
import type { ShellModel } from "../sync/model";
import { moduleOf, oncePerPage } from "../sync/once";
import type { Sender } from "../sync/sender";
import type * as plots from "./plot";

export type Plots = Pick<typeof plots, "draw">;

export function loadPlots(model: ShellModel, sender: Sender): Promise<Plots> {
  return oncePerPage("dynreports.charts", model.get("version"), async () =>
    moduleOf<Plots>(await textOf(await sender.charts())),
  );
}
