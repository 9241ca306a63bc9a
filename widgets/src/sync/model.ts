/** The parts of the anywidget models that we use. */
import type { HomeTraits } from "./home";
import type { Component, DropRules, PresetState, ShellState } from "./types";

export interface Traits {
  state: ShellState;
  catalog: Component[];
  rules: DropRules;
  presets: PresetState[];
  usage: Record<string, number>;
  /** Why components do not fit the table that is worked on, by "kind:id". */
  misfits: Record<string, string>;
  /** "IPY_MODEL_…" by table id. */
  grids: Record<string, string>;
  /** "IPY_MODEL_…" by chart id. */
  charts: Record<string, string>;
  /** Which front end this is: a name of its content. */
  version: string;
  /** Grows with the state. */
  revision: number;
  /** The id of the shell's own model, by which the outputs of a notebook name it. */
  view: string;
}

/** A model whose traits are `T`. */
export interface Synced<T> {
  get<K extends keyof T>(name: K): T[K];
  on(event: string, listener: (content: unknown, buffers?: DataView[]) => void): void;
  off(event: string, listener: (content: unknown, buffers?: DataView[]) => void): void;
  send(content: unknown): void;
  widget_manager: unknown;
}
export type ShellModel = Synced<Traits>;
export type HomeModel = Synced<HomeTraits>;
