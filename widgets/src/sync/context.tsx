/** What every part of the shell can reach: the synced state and the ways to Python. */
import { createContext, useContext } from "react";
import type { ShellModel } from "./model";
import type { Sender } from "./sender";
import type {
  Answers,
  Component,
  DropRules,
  Intent,
  PresetState,
  Question,
  Reply,
  ShellState,
} from "./types";

/** Everything but the state: it changes seldom. */
export interface ShellBase {
  model: ShellModel;
  sender: Sender;
  catalog: readonly Component[];
  rules: DropRules;
  presets: readonly PresetState[];
  misfits: Readonly<Record<string, string>>;
  grids: Readonly<Record<string, string>>;
  /** Ask Python; a refusal is shown. */
  send(intent: Intent): Promise<Reply>;
  /** Ask Python; the caller shows what is wrong. */
  ask(intent: Intent): Promise<Reply>;
  /** Ask for something that changes nothing; throws a `Refusal` when there is no answer. */
  question<Q extends Question>(question: Q): Promise<Answers[Q["verb"]]>;
  /** Go back to the list of reports; null: there is none around this. */
  leave: (() => void) | null;
  /** Say something in the live region. */
  say(words: string): void;
}
export interface Shell extends ShellBase {
  state: ShellState;
}

/** Why a question has no answer, in Python's words. */
export class Refusal extends Error {
  constructor(readonly error: NonNullable<Reply["error"]>) {
    super(error.message);
  }
}

export const BaseContext = createContext<ShellBase | null>(null);
export const ShellContext = createContext<Shell | null>(null);

/** For what needs no state: it is not drawn again with every gesture. */
export function useBase(): ShellBase {
  return given(useContext(BaseContext));
}

export function useShell(): Shell {
  return given(useContext(ShellContext));
}

function given<T>(context: T | null): T {
  if (!context) throw new Error("This part of the shell needs a ShellContext around it.");
  return context;
}
