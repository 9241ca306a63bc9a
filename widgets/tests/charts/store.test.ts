// Where the charts of a workspace come from: a model for each, which may come late or go early.
import { expect, test, vi } from "vitest";
import { chartsOf } from "../../src/charts/store";
import { FakeModel, traitsOf } from "../model";
import { payloadOf } from "./fixtures";

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("a chart is told of its own figures only, and what did not change keeps its identity", async () => {
  const model = new FakeModel(traitsOf({ charts: { v1: "IPY_MODEL_one", v2: "IPY_MODEL_two" } }));
  const [one, two] = [new FakeModel({ payload: payloadOf() }), new FakeModel({ payload: payloadOf() })];
  model.models.set("one", one as FakeModel<never>).set("two", two as FakeModel<never>);
  const charts = chartsOf(model);
  expect(chartsOf(model)).toBe(charts);
  const [first, second] = [vi.fn(), vi.fn()];
  const leave = charts.subscribe("v1", first);
  charts.subscribe("v2", second);
  expect(charts.get("v1")).toBeUndefined();
  await settled();
  const before = charts.get("v1")!;
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
  one.set("payload", { ...payloadOf(), revision: 2 });
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([2, 1]);
  expect(charts.get("v1")!.revision).toBe(2);
  expect(charts.get("v1")!.figures).toBe(before.figures);
  leave();
  one.set("payload", { ...payloadOf(), revision: 3 });
  expect(first).toHaveBeenCalledTimes(2);
});

test("a chart that comes back has another model, and the old one says nothing more", async () => {
  const model = new FakeModel(traitsOf({ charts: { v1: "IPY_MODEL_old" } }));
  const [old, fresh] = [1, 7].map((revision) => new FakeModel({ payload: { ...payloadOf(), revision } }));
  model.models.set("old", old as FakeModel<never>).set("new", fresh as FakeModel<never>);
  const charts = chartsOf(model);
  await settled();
  model.set("charts", {});
  expect(charts.get("v1")).toBeUndefined();
  model.set("charts", { v1: "IPY_MODEL_new" });
  await settled();
  old!.set("payload", { ...payloadOf(), revision: 9 });
  expect(charts.get("v1")!.revision).toBe(7);
});

test("a chart that goes while its model is on the way does not come", async () => {
  const model = new FakeModel(traitsOf({ charts: { v1: "IPY_MODEL_one" } }));
  model.models.set("one", new FakeModel({ payload: payloadOf() }) as FakeModel<never>);
  const charts = chartsOf(model);
  model.set("charts", {});
  await settled();
  expect(charts.get("v1")).toBeUndefined();
});
