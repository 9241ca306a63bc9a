/** A model without Python: traits that a test sets, and answers that it gives. */
import type { Synced, Traits } from "../src/sync/model";
import type { IntentMessage, Message, Reply, ShellState } from "../src/sync/types";
import { panel, RULES } from "./fixtures";

type Listener = (content: unknown) => void;
type Answer = Partial<Pick<Reply, "ok" | "error" | "say" | "data">>;

export class FakeModel<T = Traits> implements Synced<T> {
  readonly sent: IntentMessage[] = [];
  /** Which models were sent again, each time that a view asked how far they are; and how far they are. */
  readonly caughtUp: string[][] = [];
  revisions: Record<string, number> = {};
  /** Models that others refer to, by id: the rest never comes. */
  readonly models = new Map<string, FakeModel<never>>();
  readonly widget_manager = {
    get_model: (id: string): Promise<unknown> =>
      this.models.has(id) ? Promise.resolve(this.models.get(id)) : new Promise(() => undefined),
  };
  /** What is answered to an intent; undefined: nothing yet. */
  answer: (message: IntentMessage) => Answer | undefined = () => undefined;
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(readonly traits: T = traitsOf() as T) {}

  get<K extends keyof T>(name: K): T[K] {
    return this.traits[name];
  }
  set<K extends keyof T & string>(name: K, value: T[K]): void {
    this.traits[name] = value;
    this.emit(`change:${name}`, undefined);
  }
  on(event: string, listener: Listener): void {
    const all = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, all.add(listener));
  }
  off(event: string, listener: Listener): void {
    this.listeners.get(event)?.delete(listener);
  }
  emit(event: string, content: unknown): void {
    for (const listener of [...(this.listeners.get(event) ?? [])]) listener(content);
  }
  send(content: unknown): void {
    const message = content as Message;
    if (message.type === "catch_up") this.caughtUp.push(message.behind);
    else this.sent.push(message as IntentMessage);
    const answer =
      message.type === "catch_up" ? { data: this.revisions } : this.answer(message as IntentMessage);
    const reply = { type: "reply", id: message.id, ok: !answer?.error, error: null, say: null, ...answer };
    if (answer) queueMicrotask(() => this.emit("msg:custom", reply));
  }
}

export function stateOf(change: Partial<ShellState> = {}): ShellState {
  return {
    title: "Quarter review",
    locale: "en",
    name: null,
    template: null,
    suggested: "Quarter review",
    unsaved: true,
    page: false,
    reading: null,
    records: true,
    canUndo: true,
    canRedo: false,
    undoLabel: "Rename the panel",
    redoLabel: null,
    fresh: "Data up to Jun 14, 9:40 PM",
    timezone: "Europe/Paris",
    hasTime: true,
    today: "2026-06-14",
    own: [],
    shared: [],
    catalogFile: "data.catalog.json",
    table: (change.panels ?? [panel()])[0]?.items[0]?.id ?? null,
    panels: [panel()],
    lastId: 0,
    notes: [],
    ...change,
  };
}

export function traitsOf(change: Partial<Traits> = {}): Traits {
  const component = { description: "", formula: null, group: null };
  const day = { unit: "day", offset_unit: "day" } as const;
  return {
    state: stateOf(),
    catalog: [
      { ...component, kind: "dimension", id: "city", label: "City", description: "Where people live" },
      { ...component, kind: "dimension", id: "device", label: "Device" },
      { ...component, kind: "metric", id: "opens", label: "Opens" },
      { ...component, kind: "segment", id: "young", label: "Young women" },
    ],
    rules: RULES,
    misfits: {},
    presets: [
      {
        id: "last-30-days",
        label: "Last 30 days",
        group: "Days",
        start: "2026-05-16T00:00:00",
        end: "2026-06-15T00:00:00",
        bounds: { start: { ...day, edge: "start", offset: -29 }, end: { ...day, edge: "end", offset: 0 } },
      },
      {
        id: "today",
        label: "Today",
        group: "Days",
        start: "2026-06-14T00:00:00",
        end: "2026-06-15T00:00:00",
        bounds: { start: { ...day, edge: "start", offset: 0 }, end: { ...day, edge: "end", offset: 0 } },
      },
    ],
    usage: {},
    grids: {},
    charts: {},
    version: "1",
    revision: 1,
    view: "shell-model",
    ...change,
  };
}
