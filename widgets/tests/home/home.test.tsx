import "../dom";
import { act, cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, expect, it } from "vitest";
import { chosen, NEWEST_FIRST, NO_FILTERS } from "../../src/home/choose";
import { HomeApp } from "../../src/home/HomeApp";
import type { HomeState, HomeTraits, ReportEntry } from "../../src/sync/home";
import { FakeModel } from "../model";

afterEach(cleanup);

function entry(title: string, more: Partial<ReportEntry> = {}): ReportEntry {
  return {
    name: title.toLowerCase().replaceAll(" ", "-"),
    title,
    kind: "custom",
    description: "",
    channels: [],
    owner: "ana",
    modified: "Jun 14, 2026 06:02 PM",
    stamp: 100,
    problem: null,
    address: null,
    ...more,
  };
}
const template = (title: string) => entry(title, { kind: "template", owner: "", modified: "", stamp: 0 });
const REPORTS = [
  template("Delivery summary"),
  template("Bounce summary"),
  entry("Résumé 10", { stamp: 1 }),
  entry("Résumé 9", { stamp: 2, owner: "bo" }),
];

function show(change: Partial<HomeState> = {}) {
  const home: HomeState = {
    reports: REPORTS,
    audience: "authors",
    me: "ana",
    cannotCreate: null,
    tab: null,
    ...change,
  };
  const model = new FakeModel<HomeTraits>({ home, workspace: null });
  const root = document.body.appendChild(document.createElement("div"));
  render(<HomeApp model={model} root={root} />, {
    container: root.appendChild(document.createElement("div")),
  });
  const labels = () => [...root.querySelectorAll(".dr-rt-open")].map((each) => each.textContent);
  return {
    model,
    root,
    labels,
    user: userEvent.setup(),
    intents: () => model.sent.map((each) => each.intent),
  };
}

it("lists own reports by date, newest first, then templates in their own order; search passes over accents", () => {
  const titles = (text: string, order = NEWEST_FIRST) =>
    chosen(REPORTS, { ...NO_FILTERS, text }, order).map((each) => each.title);
  expect(titles("")).toEqual(["Résumé 9", "Résumé 10", "Delivery summary", "Bounce summary"]);
  expect(titles("", { by: "modified", descending: false }).slice(0, 2)).toEqual(["Résumé 10", "Résumé 9"]);
  // Numbers are numbers: 9 comes before 10.
  expect(titles("", { by: "title", descending: false })).toEqual([
    "Bounce summary",
    "Delivery summary",
    "Résumé 9",
    "Résumé 10",
  ]);
  expect(titles("resume 10")).toEqual(["Résumé 10"]);
});

it("filters, counts, and says so when nothing is left", async () => {
  const { user, labels, root } = show();
  expect(root.dataset.mode).toBe("home");
  await user.click(screen.getByRole("checkbox", { name: /^bo/ }));
  expect(labels()).toEqual(["Résumé 9"]);
  expect(screen.getByText("1 of 4 reports")).toBeTruthy();
  await user.type(screen.getByRole("searchbox", { name: "Search reports" }), "nothing like it");
  await user.click(screen.getByRole("button", { name: "Show all reports" }));
  expect(labels()).toHaveLength(4);
  await user.click(screen.getByRole("radio", { name: /^Template/ }));
  expect(labels()).toEqual(["Delivery summary", "Bounce summary"]);
});

it("filters by channel; reports on all channels are one of the choices", async () => {
  const sms = entry("Texts", { channels: ["Mobile (SMS)"] });
  const { labels, user } = show({ reports: [...REPORTS, sms] });
  const filter = within(screen.getByRole("group", { name: "Channel" }));
  await user.click(filter.getByRole("checkbox", { name: /^Mobile \(SMS\)/ }));
  expect(labels()).toEqual(["Texts"]);
  await user.click(filter.getByRole("checkbox", { name: /^All channels/ }));
  expect(labels()).toHaveLength(5);
  await user.click(filter.getByRole("checkbox", { name: /^Mobile/ }));
  expect(labels()).not.toContain("Texts");
});

it("templates can't be ticked; a deletion is taken back with what Python gave for it", async () => {
  const { user, model, intents } = show();
  model.answer = ({ intent }) =>
    intent.verb === "delete" ? { say: "Deleted 2 reports.", data: { tokens: ["a", "b"] } } : { say: "Done." };
  const locked = screen.getByRole("checkbox", { name: /^Delivery summary is a template/ });
  expect((locked as HTMLInputElement).disabled).toBe(true);
  await user.click(screen.getByRole("checkbox", { name: "Select all custom reports" }));
  const bar = within(screen.getByRole("toolbar", { name: "Selected reports" }));
  expect(bar.getByText("2 selected")).toBeTruthy();
  expect(bar.queryByRole("button", { name: "Rename…" })).toBeNull();
  await user.click(bar.getByRole("button", { name: "Delete" }));
  await user.click(await bar.findByRole("button", { name: "Undo" }));
  expect(intents()).toEqual([
    { verb: "delete", names: ["résumé-9", "résumé-10"] },
    { verb: "restore", tokens: ["a", "b"] },
  ]);
});

it("opens by a click, walks by arrows, renames in a dialog that keeps a refusal in view", async () => {
  const { user, model, intents } = show();
  act(() => screen.getByRole("button", { name: "Résumé 9" }).focus());
  await user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  expect(intents()).toEqual([{ verb: "open", name: "delivery-summary", kind: "template" }]);
  await user.click(screen.getByRole("checkbox", { name: "Select Résumé 9" }));
  await user.click(screen.getByRole("button", { name: "Rename…" }));
  const error = { title: "Not possible", message: "Somebody else saved it.", code: "conflict" } as const;
  model.answer = () => ({ error });
  await user.keyboard("Plan{Enter}");
  expect(await screen.findByText("Somebody else saved it.")).toBeTruthy();
  model.answer = () => ({ say: "Renamed." });
  await user.click(screen.getByRole("button", { name: "Rename" }));
  expect(intents().slice(-2)).toEqual(Array(2).fill({ verb: "rename", name: "résumé-9", title: "Plan" }));
});

it("readers get links to what is published, and nothing to change", () => {
  const reports = [entry("Opens", { address: "/r/opens" })];
  const { root } = show({ audience: "readers", reports });
  expect(screen.getByRole("link", { name: "Opens" }).getAttribute("href")).toBe("/r/opens");
  expect(screen.queryByRole("button", { name: /Create/ })).toBeNull();
  expect(root.querySelector("table [type=checkbox]")).toBeNull();
});

it("opens a report on a delivery, after saying where, on which days, and what is not complete", async () => {
  const { user, model, intents } = show();
  const late = {
    on: "delivery",
    id: "DM9",
    label: "Sale",
    what: "Single delivery",
    channel: "Email",
  } as const;
  const objects = [{ ...late, within: "Spring", when: "Jun 14, 2026", stamp: 9, why: "it was sent today" }];
  const data = { objects, reports: [{ id: "opens", label: "Opens" }] };
  model.answer = ({ intent }) =>
    intent.verb === "objects" ? { data } : { data: { label: "Sale (DM9)", days: "Jun 14 – Jun 21" } };
  await user.click(screen.getByRole("button", { name: "Campaigns" }));
  expect(await screen.findByText("Incomplete")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Reports on Sale (DM9)" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(await dialog.findByText(/It begins with Jun 14 – Jun 21/)).toBeTruthy();
  expect(dialog.getByText("Its figures are not complete yet: it was sent today.")).toBeTruthy();
  await user.click(dialog.getByRole("button", { name: "Open report" }));
  expect(intents().at(-1)).toEqual({ verb: "open_scoped", template: "opens", on: "delivery", id: "DM9" });
});

it("passes axe, full and empty", async () => {
  const checks = { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } };
  expect((await axe.run(show().root, checks)).violations).toEqual([]);
  cleanup();
  const empty = show({ reports: [] }).root;
  expect(screen.getByRole("heading", { name: "There are no reports yet" })).toBeTruthy();
  expect((await axe.run(empty, checks)).violations).toEqual([]);
});

it("draws thousands in steps", () => {
  const many = Array.from({ length: 2000 }, (_, n) => entry(`Report ${n}`, { stamp: n }));
  expect(show({ reports: many }).labels()).toHaveLength(100);
  expect(screen.getByText("1900 more…")).toBeTruthy();
});
