import "../dom";
import { act, cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { App } from "../../src/shell/App";
import type { Intent, Question, Reply } from "../../src/sync/types";
import { panel } from "../fixtures";
import { FakeModel, stateOf, traitsOf } from "../model";

afterEach(cleanup);

function show(model = new FakeModel()) {
  const root = document.body.appendChild(document.createElement("div"));
  const view = render(<App model={model} root={root} />, {
    container: root.appendChild(document.createElement("div")),
  });
  const user = userEvent.setup();
  const intents = (): (Intent | Question)[] =>
    model.sent.map((message) => message.intent as Intent | Question);
  const button = (name: string | RegExp) => screen.getByRole("button", { name });
  return { model, root, user, intents, button, ...view };
}
const failed = (code: NonNullable<Reply["error"]>["code"], message: string) => ({
  ok: false,
  error: { title: "Not possible", message, code },
});

describe("the workspace", () => {
  it("waits for its state, then shows title, panel, filters and components", () => {
    const model = new FakeModel(traitsOf({ state: {} as never }));
    const { root } = show(model);
    expect(screen.getByText("Opening the workspace…")).toBeTruthy();
    expect(root.dataset.mode).toBe("starting");
    act(() =>
      model.set(
        "state",
        stateOf({ panels: [panel({ chips: [{ kind: "segment", label: "Young women", segment: "s" }] })] }),
      ),
    );
    expect(root.dataset.mode).toBe("workspace");
    expect(screen.getByRole("heading", { level: 1, name: "Quarter review" })).toBeTruthy();
    expect(screen.getByRole("heading", { level: 2, name: "Overview" })).toBeTruthy();
    expect(screen.getByRole("option", { name: "City" })).toBeTruthy();
    expect(screen.getByText("There are unsaved changes")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Remove Young women" })).toBeTruthy();
  });

  it("shows hostile labels as text", () => {
    const evil = `<img src=x onerror="globalThis.hacked = 1">`;
    const { root } = show(
      new FakeModel(
        traitsOf({
          catalog: [
            { kind: "dimension", id: "x", label: evil, description: evil, formula: evil, group: null },
          ],
          state: stateOf({ title: evil, notes: [evil], fresh: evil, panels: [panel({ title: evil })] }),
        }),
      ),
    );
    expect(root.querySelector("img")).toBeNull();
    expect(screen.getAllByText(evil).length).toBeGreaterThan(3);
  });

  it("renames in place: Enter keeps, Escape does not", async () => {
    const { user, intents, button } = show();
    await user.click(button("Overview"));
    await user.keyboard("Sales{Escape}");
    await user.click(button("Overview"));
    await user.keyboard("Sales{Enter}");
    expect(intents()).toEqual([{ verb: "rename_panel", panel: "p1", title: "Sales" }]);
  });

  it("undoes by key, but leaves undo to a field that is typed in", async () => {
    const { user, intents, button } = show();
    await user.click(screen.getByRole("searchbox", { name: "Search components" }));
    await user.keyboard("{Control>}z{/Control}");
    expect(intents()).toEqual([]);
    act(() => button("Undo: rename the panel").focus());
    await user.keyboard("{Control>}z{/Control}{Alt>}1{/Alt}");
    expect(intents()).toEqual([{ verb: "undo" }, { verb: "add_table", panel: "p1" }]);
  });

  it("says what was done, and shows why something was refused", async () => {
    const model = new FakeModel();
    const { user, button } = show(model);
    model.answer = () => ({ say: "Undid: rename." });
    await user.click(button("Undo: rename the panel"));
    await waitFor(() => expect(screen.getByText("Undid: rename.")).toBeTruthy());
    model.answer = () => failed("refused", "There is nothing to undo.");
    await user.click(button("Undo: rename the panel"));
    const toast = await screen.findByRole("alert");
    expect(toast.textContent).toContain("There is nothing to undo.");
    await user.click(within(toast).getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("puts notes about the data away, until there is a new one", async () => {
    const model = new FakeModel(traitsOf({ state: stateOf({ notes: ["Column x is ignored."] }) }));
    const { user, button } = show(model);
    await user.click(button("Put this note away"));
    expect(screen.queryByText("Column x is ignored.")).toBeNull();
    act(() => model.set("state", stateOf({ notes: ["Column x is ignored.", "Column y is ignored."] })));
    expect(screen.getByText("Column y is ignored.")).toBeTruthy();
  });
});

describe("saving", () => {
  const saved = (intents: (Intent | Question)[]) => intents.filter((intent) => intent.verb === "save");

  it("asks for a name the first time, and offers to replace a report of that name", async () => {
    const model = new FakeModel();
    const { user, intents, button } = show(model);
    await user.click(button("Save As…"));
    const dialog = await screen.findByRole("dialog", { name: "Save report as" });
    model.answer = () => failed("exists", "There is a report of that name.");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    expect((await within(dialog).findByRole("alert")).textContent).toContain(
      "There is a report of that name.",
    );
    model.answer = () => ({ say: "Saved." });
    await user.click(within(dialog).getByRole("button", { name: "Replace it" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(saved(intents())).toEqual([
      { verb: "save", name: "Quarter review", overwrite: false },
      { verb: "save", name: "Quarter review", overwrite: true },
    ]);
  });

  it("saves under its own name at once, and asks when somebody else saved, too", async () => {
    const model = new FakeModel(traitsOf({ state: stateOf({ name: "review" }) }));
    model.answer = () => failed("conflict", "Ana saved it at 9:40.");
    const { user, intents, button } = show(model);
    await user.click(button("Save"));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog.textContent).toContain("Ana saved it at 9:40.");
    model.answer = () => ({});
    await user.click(within(dialog).getByRole("button", { name: "Replace theirs" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(saved(intents())).toEqual([
      { verb: "save", name: null, overwrite: false },
      { verb: "save", name: null, overwrite: true },
    ]);
  });
});

describe("the list of components", () => {
  it("finds over all groups and says when there is nothing", async () => {
    const { user } = show();
    const search = screen.getByRole("searchbox", { name: "Search components" });
    await user.type(search, "o");
    expect(screen.getAllByRole("option").map((option) => option.dataset.component)).toEqual([
      "metric:opens",
      "segment:young",
    ]);
    await user.type(search, "zzz");
    expect(screen.getByText("No component is called “ozzz”.")).toBeTruthy();
  });

  it("adds to a place from the menu of places", async () => {
    const { user, intents, button } = show();
    await user.hover(screen.getByRole("option", { name: "Young women" }));
    await user.click(button("Add Young women to…"));
    await user.click(await screen.findByRole("menuitem", { name: "Filter Overview by Young women" }));
    expect(intents()).toEqual([
      {
        verb: "drop",
        components: [{ kind: "segment", id: "young" }],
        target: { on: "panel", panel: "p1" },
      },
    ]);
  });
});

it("chooses a place by keyboard, and does not pick the component up when Enter is let go", async () => {
  const { user, intents, root } = show();
  act(() => screen.getByRole("option", { name: "Young women" }).focus());
  await user.keyboard("{Shift>}{F10}{/Shift}");
  await screen.findByRole("menuitem", { name: "Filter Overview by Young women" });
  await user.keyboard("{ArrowDown}{Enter}");
  expect(intents()).toMatchObject([{ verb: "drop", target: { on: "panel" } }]);
  expect(root.querySelector("[data-dr-dragging]")).toBeNull();
});

describe("the period", () => {
  const open = async (model?: FakeModel) => {
    const shown = show(model);
    await shown.user.click(shown.button(/^Period:/));
    return { ...shown, dialog: within(await screen.findByRole("dialog", { name: "Period of Overview" })) };
  };

  it("takes a preset and applies it", async () => {
    const { user, dialog, intents } = await open();
    await user.click(dialog.getByRole("option", { name: "Last 30 days" }));
    expect(dialog.getByText("Tomorrow this reads May 17 – Jun 15")).toBeTruthy();
    await user.click(dialog.getByRole("button", { name: "Apply" }));
    expect(intents()).toEqual([
      { verb: "set_period", panel: "p1", period: { type: "preset", id: "last-30-days" } },
    ]);
  });

  it("takes days from the calendar, the end not included", async () => {
    const { user, dialog, intents } = await open();
    await user.click(dialog.getByRole("button", { name: /June 1, 2026/ }));
    await user.click(dialog.getByRole("button", { name: /June 10, 2026/ }));
    await user.click(dialog.getByRole("button", { name: "Apply" }));
    expect(intents()).toEqual([
      {
        verb: "set_period",
        panel: "p1",
        period: { type: "fixed", start: "2026-06-01T00:00:00", end: "2026-06-11T00:00:00" },
      },
    ]);
  });

  it("applies to all panels, with ends that were changed", async () => {
    const state = stateOf({ panels: [panel(), panel({ id: "p2", title: "Second", items: [] })] });
    const model = new FakeModel(traitsOf({ state }));
    const { user, button, intents } = show(model);
    await user.click(screen.getAllByRole("button", { name: /^Period:/ })[0]!);
    await user.click(await screen.findByRole("option", { name: "Today" }));
    await user.click(button("(rolling daily – rolling daily)"));
    await user.selectOptions(screen.getByRole("combobox", { name: "Start: of what" }), "month");
    await user.click(button("Apply to all panels"));
    expect(intents()).toMatchObject([
      {
        verb: "set_period",
        panel: null,
        period: { type: "rolling", start: { unit: "month" }, end: { unit: "day" } },
      },
    ]);
  });
});

it("shows a page to read without any tools", () => {
  const chips = [{ kind: "segment" as const, label: "Young women", segment: "s" }];
  show(new FakeModel(traitsOf({ state: stateOf({ page: true, panels: [panel({ chips })] }) })));
  expect(screen.getByRole("heading", { level: 1, name: "Quarter review" })).toBeTruthy();
  expect(screen.getByText("Young women")).toBeTruthy();
  expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Download", "Print"]);
});
