import { expect, test } from "vitest";
import { share } from "../../src/sync/share";

const old = {
  title: "A",
  panels: [
    { id: "p", items: [{ id: "t" }] },
    { id: "q", items: [] },
  ],
};

test("an equal value is the old one", () => {
  expect(share(old, structuredClone(old))).toBe(old);
});

test("what did not change keeps its identity", () => {
  const fresh = structuredClone(old);
  fresh.panels[1]!.id = "r";
  const shared = share(old, fresh);
  expect(shared).toEqual(fresh);
  expect(shared.panels[0]).toBe(old.panels[0]);
  expect(shared.panels[1]).not.toBe(old.panels[1]);
});

test("keys and entries that come or go are seen", () => {
  expect(share({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(share({ a: 1 } as object, { a: 1, b: undefined })).toHaveProperty("b");
  expect(share([1, 2], [1])).toEqual([1]);
  expect(share([1], { 0: 1 } as object)).toEqual({ 0: 1 });
  expect(share(null as unknown, { a: null })).toEqual({ a: null });
});

test("a key called __proto__ is a key", () => {
  const fresh = JSON.parse('{"__proto__": 1}') as object;
  expect(Object.keys(share({}, fresh))).toEqual(["__proto__"]);
});
