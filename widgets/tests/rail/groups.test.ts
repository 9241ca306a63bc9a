import { describe, expect, it } from "vitest";
import { folderContent, fullGroup, GROUPS, overview, search } from "../../src/rail/groups";
import type { Component, Kind } from "../../src/sync/types";

const make = (kind: Kind, label: string, group: string | null = null): Component => ({
  kind,
  id: label.toLowerCase(),
  label,
  description: "",
  formula: null,
  group,
});
const catalog = [
  make("dimension", "Delivery"),
  make("dimension", "City", "Profile"),
  make("dimension", "Gender", "Profile"),
  ...["Campaign", "Domain", "Device", "Browser", "Événement"].map((label) => make("dimension", label)),
  make("metric", "Open rate"),
  make("metric", "Unique opens"),
  make("time", "Day"),
  make("period", "Last 30 days"),
];
const [dimensions] = GROUPS;
const labels = (components: Component[]) => components.map((component) => component.label);

describe("the overview", () => {
  it("shows five entries of a group, a folder counting as one, in the catalog's order", () => {
    const [view] = overview(catalog);
    expect(labels(view!.components)).toEqual(["Delivery", "Campaign", "Domain", "Device"]);
    expect(view!.folders).toEqual([{ name: "Profile", count: 2 }]);
    expect([view!.shown, view!.total]).toEqual([5, 7]);
  });

  it("has time units and periods in one group, and leaves out groups that are empty", () => {
    const views = overview(catalog);
    expect(views.map((view) => view.info.title)).toEqual(["Dimensions", "Metrics", "Time"]);
    expect(labels(views[2]!.components)).toEqual(["Day", "Last 30 days"]);
  });
});

it("opens a group in full and a folder", () => {
  expect(labels(fullGroup(catalog, dimensions!).components)).toHaveLength(6);
  expect(labels(folderContent(catalog, dimensions!, "Profile"))).toEqual(["City", "Gender"]);
});

describe("a search", () => {
  const found = (text: string) => search(catalog, text).flatMap((view) => labels(view.components));

  it("looks in all groups and in folders", () => {
    expect(found("ci")).toEqual(["City"]);
    expect(found("profile")).toEqual(["City", "Gender"]);
    expect(found("day")).toEqual(["Day", "Last 30 days"]);
  });
  it("takes words in any order, in any case, without accents; what starts with them comes first", () => {
    expect(found("OPENS unique")).toEqual(["Unique opens"]);
    expect(found("evenement")).toEqual(["Événement"]);
    expect(found("open")).toEqual(["Open rate", "Unique opens"]);
  });
  it("takes signs of patterns as they are", () => {
    expect(found(".*")).toEqual([]);
    expect(found("(")).toEqual([]);
  });
});
