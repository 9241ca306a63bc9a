import { describe, expect, it } from "vitest";
import { allCommands, menusOf } from "../../src/shell/commands";
import { isTyping, matches, stopsAtRoot, trapKeys } from "../../src/shell/keys";
import { panel } from "../fixtures";
import { stateOf } from "../model";

const nothing = (): void => undefined;
const WORLD = {
  ...{ send: nothing, save: nothing, saveAs: nothing, begin: nothing, publish: nothing },
  ...{ open: nothing, download: nothing, print: nothing, make: nothing },
  ...{ saveWithNote: nothing, versions: nothing },
};
const key = (key: string, change: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...change });

describe("what is typed in the workspace", () => {
  it("stays there: letters, editing and navigation, and what would run the cell", () => {
    for (const each of ["d", "Escape", "ArrowDown", "Enter"]) expect(stopsAtRoot(key(each))).toBe(true);
    for (const each of ["z", "Z", "c", "ArrowLeft", "Enter"]) {
      expect(stopsAtRoot(key(each, { ctrlKey: true }))).toBe(true);
    }
  });
  it("leaves JupyterLab its own combinations, unless they were used", () => {
    expect(stopsAtRoot(key("s", { ctrlKey: true }))).toBe(false);
    expect(stopsAtRoot(key("C", { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(stopsAtRoot(key("Z", { ctrlKey: true, shiftKey: true }))).toBe(true);
    const outer = document.createElement("div");
    const root = outer.appendChild(document.createElement("div"));
    const release = trapKeys(root);
    const heard: string[] = [];
    outer.addEventListener("keydown", (event) => heard.push(event.key));
    root.dispatchEvent(key("d"));
    root.dispatchEvent(key("s", { ctrlKey: true }));
    const used = key("k", { ctrlKey: true });
    used.preventDefault();
    root.dispatchEvent(used);
    release();
    root.dispatchEvent(key("d"));
    expect(heard).toEqual(["s", "d"]);
  });
});

describe("what is typed while nothing has the focus", () => {
  const heard: string[] = [];
  const mounted = () => {
    heard.length = 0;
    const root = document.body.appendChild(document.createElement("div"));
    root.innerHTML = '<div class="dr-shell"><input /></div>';
    const shell = root.firstElementChild as HTMLElement;
    shell.addEventListener("keydown", (event) => {
      heard.push(`shell ${event.key}`);
      if (event.key === "z") event.preventDefault();
    });
    const notebook = (event: Event): void => {
      heard.push(`notebook ${(event as KeyboardEvent).key}`);
    };
    document.addEventListener("keydown", notebook);
    const release = trapKeys(root);
    const field = shell.querySelector("input")!;
    return {
      field,
      end: () => (release(), root.remove(), document.removeEventListener("keydown", notebook)),
    };
  };
  it("goes to the workspace that had it, and not to the notebook", () => {
    const { field, end } = mounted();
    document.body.dispatchEvent(key("d"));
    field.focus();
    field.blur();
    document.body.dispatchEvent(key("d"));
    document.body.dispatchEvent(key("Control", { ctrlKey: true }));
    const undo = key("z", { ctrlKey: true });
    document.body.dispatchEvent(undo);
    expect(undo.defaultPrevented).toBe(true);
    document.body.dispatchEvent(key("s", { ctrlKey: true }));
    expect(heard).toEqual(["notebook d", "shell d", "shell z", "shell s", "notebook s"]);
    end();
  });
  it("goes to the notebook once that was used", () => {
    const { field, end } = mounted();
    field.focus();
    field.blur();
    document.body.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    document.body.dispatchEvent(key("d"));
    field.focus();
    field.blur();
    end();
    document.body.dispatchEvent(key("d"));
    expect(heard).toEqual(["notebook d"]);
  });
});

describe("a place to type in", () => {
  it("is a field of text, and no box to tick", () => {
    const made = (tag: string, type = "") => Object.assign(document.createElement(tag), type ? { type } : {});
    expect([made("input"), made("input", "search"), made("textarea")].map(isTyping)).toEqual([
      true,
      true,
      true,
    ]);
    expect([made("input", "checkbox"), made("input", "radio"), made("div")].map(isTyping)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("shortcuts", () => {
  const on = (code: string, change: KeyboardEventInit = {}) => key("", { code, ...change });
  it("match all their keys and no other, on a Mac with Meta, and by place with Alt", () => {
    expect(matches("Ctrl Z", on("KeyZ", { ctrlKey: true }))).toBe(true);
    expect(matches("Ctrl Z", on("KeyZ", { metaKey: true }))).toBe(true);
    expect(matches("Ctrl Z", on("KeyZ", { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matches("Alt 1", on("Digit1", { altKey: true }))).toBe(true);
    expect(matches("Alt A", on("KeyA"))).toBe(false);
  });
  it("are told apart", () => {
    const menus = menusOf({ ...WORLD, state: stateOf(), panel: panel() });
    const shortcuts = allCommands(menus).flatMap((command) => command.shortcut || []);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });
  it("can't run what is impossible now", () => {
    const state = stateOf({ canUndo: false, panels: [], unsaved: false, name: "q" });
    const commands = allCommands(menusOf({ ...WORLD, state, panel: null }));
    const off = commands.filter((command) => command.off !== null).map((command) => command.id);
    expect(off).toEqual([
      "save",
      "note",
      "download",
      "download-xlsx",
      "download-page",
      "download-pdf",
      "print",
      "numbers-en",
      "undo",
      "redo",
      "clear",
      "table",
      "line",
      "bar",
    ]);
  });
});
