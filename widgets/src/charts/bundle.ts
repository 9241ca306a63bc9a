/** Loads what draws charts: once per page, when the first chart is shown. It comes from the kernel. */
import { textOf } from "../shell/files";
import type { ShellModel } from "../sync/model";
import type { Sender } from "../sync/sender";
import type * as plots from "./plot";

export type Plots = Pick<typeof plots, "draw">;

const LOADED = Symbol.for("dynreports.charts");

/** By version, as of shells: two kernels may run two versions of dynreports. */
function loaded(): Map<string, Promise<Plots>> {
  const page = globalThis as { [LOADED]?: Map<string, Promise<Plots>> };
  return (page[LOADED] ??= new Map());
}

async function load(sender: Sender): Promise<Plots> {
  const code = await textOf(await sender.charts());
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    return (await import(/* @vite-ignore */ address)) as Plots;
  } finally {
    URL.revokeObjectURL(address);
  }
}

export function loadPlots(model: ShellModel, sender: Sender): Promise<Plots> {
  const version = model.get("version");
  const known = loaded().get(version);
  if (known) return known;
  const found = load(sender);
  loaded().set(version, found);
  // What failed, such as because the kernel was gone, is tried again by the next chart.
  found.catch(() => loaded().delete(version));
  return found;
}
