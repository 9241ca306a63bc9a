import { describe, expect, it } from "vitest";
import { catchUp } from "../../src/sync/catchUp";
import { Sender } from "../../src/sync/sender";
import { FakeModel, traitsOf } from "../model";

/** A page with a table and a chart of which it has the revisions that are given. */
function page(grid: number, chart: number): FakeModel {
  const grids = { t1: "IPY_MODEL_grid" };
  const model = new FakeModel(traitsOf({ grids, charts: { c1: "IPY_MODEL_chart", gone: "IPY_MODEL_gone" } }));
  const of = (revision: number) => new FakeModel({ payload: { revision } }) as unknown as FakeModel<never>;
  model.models.set("grid", of(grid)).set("chart", of(chart));
  const { get_model } = model.widget_manager;
  // Python took this one away meanwhile.
  model.widget_manager.get_model = (id) => (id === "gone" ? Promise.reject(new Error()) : get_model(id));
  return model;
}

describe("a page over a kernel that counted while it was loaded", () => {
  it("has sent again what it lacks, and nothing else", async () => {
    const model = page(1, 2);
    model.revisions = { "shell-model": 1, grid: 3, chart: 2, other: 9 };
    await catchUp(model, new Sender(model));
    expect(model.caughtUp).toEqual([[], ["grid"]]);
  });

  it("asks for no more where it has all", async () => {
    const model = page(3, 2);
    model.revisions = { "shell-model": 1, grid: 3, chart: 2 };
    await catchUp(model, new Sender(model));
    expect(model.caughtUp).toEqual([[]]);
  });

  it("has the frame sent again, too", async () => {
    const model = page(3, 2);
    model.revisions = { "shell-model": 2, grid: 3, chart: 2 };
    await catchUp(model, new Sender(model));
    expect(model.caughtUp).toEqual([[], ["shell-model"]]);
  });
});
