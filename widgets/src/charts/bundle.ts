/** Loads what draws charts: once per page, when the first chart is shown. It comes from the kernel, or from the page
 * server where that has it. */
import { textOf } from "../shell/files";
import type { ShellModel } from "../sync/model";
import { addressOf, moduleOf, oncePerPage } from "../sync/once";
import type { Sender } from "../sync/sender";
import type * as plots from "./plot";

export type Plots = Pick<typeof plots, "draw">;

export function loadPlots(model: ShellModel, sender: Sender): Promise<Plots> {
  const version = model.get("version");
  const address = addressOf("charts.js", version);
  return oncePerPage("dynreports.charts", version, async () =>
    address === null
      ? moduleOf<Plots>(await textOf(await sender.charts()))
      : ((await import(/* @vite-ignore */ address)) as Plots),
  );
}
