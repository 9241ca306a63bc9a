/** What every part of the shell can reach: the synced state and the ways to Python. */
import { createContext, useContext } from "react";
import type { ShellModel } from "./model";
import type { Component, DropRules, Intent, PresetState, Reply, ShellState } from "./types";

export interface Shell {
  model: ShellModel;
  state: ShellState;
  catalog: readonly Component[];
  rules: DropRules;
  presets: readonly PresetState[];
  grids: Readonly<Record<string, string>>;
  /** Ask Python; a refusal is shown. */
  send(intent: Intent): Promise<Reply>;
  /** Ask Python; the caller shows what is wrong. */
  ask(intent: Intent): Promise<Reply>;
  /** Say something in the live region. */
  say(words: string): void;
}

export const ShellContext = createContext<Shell | null>(null);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error("This part of the shell needs a ShellContext around it.");
  return shell;
}
