// A chart in its panel, without Python and without vega: what people can do with it, and what is sent.
import "../dom";
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Drawn, Plot, PlotOptions } from "../../src/charts/plot";
import { App } from "../../src/shell/App";
import type { ChartPayload } from "../../src/sync/charts";
import type { ChartState } from "../../src/sync/items";
import { panel, tableState } from "../fixtures";
import { FakeModel, stateOf, traitsOf } from "../model";
import { chartState, figure, payloadOf } from "./fixtures";

const drawings: { figures: readonly Drawn[] }[] = [];
vi.mock("../../src/charts/bundle", () => ({
  loadPlots: () =>
    Promise.resolve({
      draw: (_host: HTMLElement, { figures }: PlotOptions): Promise<Plot> => {
        const drawing = { figures };
        drawings.push(drawing);
        return Promise.resolve({
          show: (next) => ((drawing.figures = next), Promise.resolve()),
          resize: () => Promise.resolve(),
          spots: () =>
            drawing.figures.map(({ k }, index) => {
              const box = { left: 50 + 100 * index, top: 10, width: 40, height: 100 };
              return { key: k, x: 70 + 100 * index, y: 60, box };
            }),
          area: () => ({ left: 40, top: 0, width: 300, height: 200 }),
          keyAt: () => null,
          close: () => undefined,
        });
      },
    }),
}));

beforeEach(() => {
  drawings.length = 0;
  // A page without a screen has no sizes: every element is as large as this.
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(private readonly tell: (entries: unknown[]) => void) {}
      observe(): void {
        this.tell([{ contentRect: { width: 400, height: 250 } }]);
      }
      disconnect(): void {}
      unobserve(): void {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function show(change: Partial<ChartPayload> = {}, chart: Partial<ChartState> = {}) {
  const payload = payloadOf(change);
  const items = [
    chartState(chart),
    tableState("t1", "Cities"),
    tableState("t2", "Devices", { hidden: true }),
  ];
  const model = new FakeModel(
    traitsOf({ state: stateOf({ panels: [panel({ items })] }), charts: { v1: "IPY_MODEL_one" } }),
  );
  const own = new FakeModel({ payload });
  model.models.set("one", own as FakeModel<never>);
  const root = document.body.appendChild(document.createElement("div"));
  await act(async () => {
    render(<App model={model} root={root} />, {
      container: root.appendChild(document.createElement("div")),
    });
  });
  const sent = () =>
    model.sent.map(({ intent }) => intent).filter((intent) => intent && !["misfit"].includes(intent.verb));
  const last = () => sent().at(-1);
  const update = (more: Partial<ChartPayload>) =>
    act(() => own.set("payload", { ...payload, revision: 2, ...more }));
  return { model, user: userEvent.setup(), last, update, root };
}
const plot = () => screen.getByRole("application", { name: /Opens by city/ });
const drawn = () => waitFor(() => expect(plot().dataset.drawn).toBe("1"));

test("a series is switched off in the legend, and what is left is drawn in place", async () => {
  const figures = [figure("a", { s: "s0" }), figure("b", { s: "s1" })];
  const series = ["Opens", "<b>Clicks</b>"].map((label, index) => ({
    key: `s${index}`,
    label,
    color: index + 1,
    dash: 0,
    text: null,
    share: null,
  }));
  const { user } = await show({ figures, series });
  await drawn();
  const entry = screen.getByRole("button", { name: "<b>Clicks</b>" });
  expect(entry.getAttribute("aria-pressed")).toBe("true");
  await user.click(entry);
  expect(entry.getAttribute("aria-pressed")).toBe("false");
  await waitFor(() => expect(drawings.at(-1)!.figures.map(({ k }) => k)).toEqual(["a"]));
  expect(drawings).toHaveLength(1);
});

test("settings that mean something are offered, others say why not, and each is one command", async () => {
  const { user, last } = await show();
  await user.click(screen.getByRole("button", { name: "Visualization settings of Opens by city" }));
  const dialog = screen.getByRole("dialog", { name: /Visualization settings/ });
  expect(within(dialog).queryByLabelText("Threshold")).toBeNull();
  expect(within(dialog).getByText("It takes two metrics.")).toBeTruthy();
  await user.click(within(dialog).getByRole("checkbox", { name: /^Percentages/ }));
  expect(last()).toEqual({ verb: "set_chart", chart: "v1", percentages: true });
  await user.click(within(dialog).getByRole("checkbox", { name: "Limit max items" }));
  expect(last()).toEqual({ verb: "set_chart", chart: "v1", max_items: 10 });
  await user.click(within(dialog).getByRole("radio", { name: "Horizontal Bar" }));
  expect(last()).toEqual({ verb: "set_chart", chart: "v1", type: "horizontal bar" });
});

test("a number that can't be is not sent", async () => {
  const settings = { ...payloadOf().settings, max_items: 10 };
  const { user, model, last } = await show({ settings });
  await user.click(screen.getByRole("button", { name: "Visualization settings of Opens by city" }));
  const field = screen.getByRole("textbox", { name: "Limit max items" });
  const count = model.sent.length;
  await user.clear(field);
  await user.type(field, "0{Enter}");
  expect(model.sent).toHaveLength(count);
  await user.clear(field);
  await user.type(field, "14{Enter}");
  expect(last()).toEqual({ verb: "set_chart", chart: "v1", max_items: 14 });
});

test("data source settings bind, lock, and bring a hidden table back", async () => {
  const { user, last } = await show({ locked: "items" }, { source: "t2", color: 2 });
  await user.click(screen.getByRole("button", { name: "Data source of Opens by city: Devices, locked" }));
  await user.click(screen.getByRole("radio", { name: /Selected positions/ }));
  expect(last()).toEqual({ verb: "lock_chart", chart: "v1", lock: "positions" });
  await user.click(screen.getByRole("checkbox", { name: /Lock selection/ }));
  expect(last()).toEqual({ verb: "lock_chart", chart: "v1", lock: null });
  await user.click(screen.getByRole("checkbox", { name: /Show the data source/ }));
  expect(last()).toEqual({ verb: "show_table", table: "t2", hidden: false });
  await user.selectOptions(screen.getByRole("combobox", { name: /Source of/ }), "t1");
  expect(last()).toEqual({ verb: "bind_chart", chart: "v1", table: "t1" });
});

test("a chart whose table is gone asks for another one", async () => {
  const { user, last } = await show(
    { source: null, spec: null, figures: [], series: [] },
    { source: null, color: null },
  );
  expect(screen.getByText("This chart has no source")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Use this table" }));
  expect(last()).toEqual({ verb: "bind_chart", chart: "v1", table: "t1" });
});

test("keys walk the figures, say them, and choose: the menu's entries are commands", async () => {
  const { user, last, model } = await show();
  await drawn();
  act(() => plot().focus());
  await user.keyboard("{ArrowRight}");
  const live = () => document.querySelector("[data-live-announcer]")!.textContent;
  expect(live()).toBe("Paris: Opens 40, 80.0%");
  await user.keyboard("{Shift>}{ArrowRight}{/Shift}");
  expect(live()).toBe("Lyon: Opens 10, 20.0%");
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("menuitem", { name: "Only Paris and Lyon in this panel" }));
  expect(last()).toEqual({
    verb: "filter_marks",
    chart: "v1",
    marks: [
      [["Paris"], "c1"],
      [["Lyon"], "c1"],
    ],
  });
  expect(screen.queryByRole("menu")).toBeNull();

  // A segment of them opens the builder with the rules that Python makes of the rows.
  const draft = {
    label: "Paris",
    description: "",
    where: { type: "compare", field: "city", op: "==", value: "Paris" },
  };
  model.answer = ({ intent }) => (intent?.verb === "segment_of_marks" ? { data: draft } : undefined);
  act(() => plot().focus());
  await user.keyboard("{Home}{Enter}");
  await user.click(await screen.findByRole("menuitem", { name: /New segment of Paris/ }));
  expect(await screen.findByRole("dialog", { name: "New segment" })).toBeTruthy();
});

test("a stretch of time becomes the panel's period, its end not included", async () => {
  const figures = [1, 2, 3].map((day) =>
    figure(`d${day}`, {
      t: day,
      title: `June ${day}`,
      start: `2026-06-0${day}T00:00:00`,
      end: `2026-06-0${day + 1}T00:00:00`,
    }),
  );
  const { user, last } = await show({ figures, type: "line" }, { kind: "line" });
  await drawn();
  fireEvent.pointerDown(plot(), { button: 0, clientX: 70, clientY: 50, pointerId: 1 });
  fireEvent.pointerMove(plot(), { clientX: 260, clientY: 60, pointerId: 1 });
  fireEvent.pointerUp(plot(), { clientX: 260, clientY: 60, pointerId: 1 });
  await user.click(await screen.findByRole("menuitem", { name: "Set the period to June 1 to June 3" }));
  expect(last()).toEqual({
    verb: "set_period",
    panel: "p1",
    period: { type: "fixed", start: "2026-06-01T00:00:00", end: "2026-06-04T00:00:00" },
  });
});

test("the figures behind a chart are a table", async () => {
  const { user } = await show({ summary: "<i>Two</i> cities." });
  await user.click(screen.getByRole("button", { name: "Figures of Opens by city" }));
  const dialog = screen.getByRole("dialog", { name: "Figures of Opens by city" });
  expect(
    within(dialog)
      .getAllByRole("row")
      .map((row) => row.textContent),
  ).toEqual(["CityOpens", "Paris40", "Lyon10"]);
  expect(within(dialog).getByText("<i>Two</i> cities.")).toBeTruthy();
});

test("old figures stay while new ones come, and what is wrong is said", async () => {
  const { update } = await show();
  await drawn();
  update({ status: "loading" });
  expect(plot()).toBeTruthy();
  update({
    status: "error",
    spec: null,
    error: { title: "No drawing", message: "It has no columns yet.", details: "" },
  });
  expect(screen.getByRole("alert").textContent).toContain("It has no columns yet.");
});

test("a figure set as text has its whole in the tip, and a change says its direction in words", async () => {
  const { root } = await show(
    {
      type: "summary change",
      spec: null,
      value: {
        text: "1.2",
        unit: "k",
        full: "1,234",
        caption: "Opens : City",
        trend: [1, null, 3],
        first: "Jun 1",
        last: "Jun 3",
        change: { text: "−12.3%", direction: "down", words: "less than Lyon" },
      },
    },
    { kind: "summary change", title: "Change" },
  );
  const figureShown = root.querySelector("output")!;
  expect(figureShown.textContent).toBe("1.2k");
  expect(figureShown.getAttribute("title")).toBe("1,234");
  expect(root.querySelector(".dr-change")!.textContent).toContain("less than Lyon");
  // A gap in the line stays one.
  expect(root.querySelector(".dr-value-spark path")!.getAttribute("d")!.match(/M/g)).toHaveLength(2);
});

test("axes without a mark are not drawn: what is missing is said", async () => {
  const { update } = await show({ figures: [], summary: "Bar: there are no rows to draw." });
  expect(screen.getByText("Bar: there are no rows to draw.")).toBeTruthy();
  expect(screen.queryByRole("application")).toBeNull();
  update({ figures: [figure("a", { v: null })], summary: "Opens: no values." });
  expect(screen.getByText("Opens: no values.")).toBeTruthy();
  update({ figures: [figure("a", { v: null }), figure("b")] });
  expect(plot()).toBeTruthy();
});
