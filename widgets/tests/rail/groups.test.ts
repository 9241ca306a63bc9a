import { describe, expect, it } from "vitest";
import { folderContent, fullGroup, GROUPS, overview, ranked, search } from "../../src/rail/groups";
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

describe("the order of the list", () => {
  const order = (usage: Record<string, number>): string[] => labels(ranked(catalog, usage));

  it("is by label, where folders go by theirs, and periods come after units", () => {
    expect(order({})).toEqual(
      "Browser,Campaign,Day,Delivery,Device,Domain,Événement,Open rate,City,Gender,Unique opens,Last 30 days".split(
        ",",
      ),
    );
  });
  it("begins with what is used most; ties by label, whatever order the catalog has", () => {
    const usage = {
      "dimension:device": 2,
      "dimension:campaign": 2,
      "metric:unique opens": 9,
      "dimension:gone": 99,
    };
    expect(order(usage).slice(0, 4)).toEqual(["Unique opens", "Campaign", "Device", "Browser"]);
    expect(labels(ranked([...catalog].reverse(), usage))).toEqual(order(usage));
  });
});
