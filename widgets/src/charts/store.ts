/** The charts of one workspace as Python sent them last: each has a model of its own, and comes by itself. */
import { hearPayloads } from "../grid/hear";
import { getModel, type WidgetManager } from "../grid/mount";
import type { ChartPayload } from "../sync/charts";
import type { ShellModel } from "../sync/model";
import { share } from "../sync/share";

interface Entry {
  reference: string;
  /** Made of the parts of what was sent before: what did not change keeps its identity. */
  payload: ChartPayload | undefined;
  close: () => void;
}

class Charts {
  private readonly entries = new Map<string, Entry>();
  private readonly listeners = new Map<string, Set<() => void>>();

  constructor(private readonly model: ShellModel) {
    model.on("change:charts", () => this.follow());
    this.follow();
  }

  get(id: string): ChartPayload | undefined {
    return this.entries.get(id)?.payload;
  }

  subscribe(id: string, listener: () => void): () => void {
    const all = this.listeners.get(id) ?? new Set();
    this.listeners.set(id, all.add(listener));
    return () => {
      all.delete(listener);
    };
  }

  private follow(): void {
    const references = this.model.get("charts");
    for (const [id, entry] of this.entries) {
      if (references[id] === entry.reference) continue;
      entry.close();
      this.entries.delete(id);
      this.tell(id);
    }
    for (const [id, reference] of Object.entries(references))
      if (!this.entries.has(id)) void this.open(id, reference);
  }

  private async open(id: string, reference: string): Promise<void> {
    const entry: Entry = { reference, payload: undefined, close: () => undefined };
    this.entries.set(id, entry);
    const isThere = (): boolean => this.entries.get(id) === entry;
    let model;
    try {
      model = await getModel(this.model.widget_manager as WidgetManager, reference);
    } catch (error) {
      // The model of a chart that was taken away meanwhile is gone.
      if (isThere()) throw error;
      return;
    }
    if (!isThere()) return;
    entry.close = hearPayloads<ChartPayload>(model, (payload) => {
      entry.payload = share(entry.payload, payload);
      this.tell(id);
    });
  }

  private tell(id: string): void {
    for (const listener of [...(this.listeners.get(id) ?? [])]) listener();
  }
}

const known = new WeakMap<ShellModel, Charts>();

export function chartsOf(model: ShellModel): Charts {
  const charts = known.get(model) ?? new Charts(model);
  known.set(model, charts);
  return charts;
}
