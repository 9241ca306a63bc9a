// A drawing is always the last that was asked for.
import { beforeEach, expect, type Mock, test, vi } from "vitest";
import type { Plots } from "../../src/charts/bundle";
import type { Plot } from "../../src/charts/plot";
import { Stage } from "../../src/charts/stage";

const SPEC = { mark: "bar" };
const ROWS = [{ k: "a" }];
const size = { width: 300, height: 200 };
let done: string[];
let plots: Plots;
let told: { drawn: Mock<(plot: Plot) => void>; failed: Mock<(error: Error) => void> };

beforeEach(() => {
  done = [];
  told = { drawn: vi.fn(), failed: vi.fn() };
  plots = {
    draw: (_host, { spec, figures }) => {
      done.push(`draw ${(spec as { mark: string }).mark} ${figures.length}`);
      if ((spec as { mark: string }).mark === "wrong") return Promise.reject(new Error("no such mark"));
      return Promise.resolve({
        show: (rows) => (done.push(`show ${rows.length}`), Promise.resolve()),
        resize: ({ width }) => (done.push(`resize ${width}`), Promise.resolve()),
        spots: () => [],
        area: () => ({ left: 0, top: 0, width: 0, height: 0 }),
        keyAt: () => null,
        close: () => void done.push("close"),
      });
    },
  };
});

const stage = () => new Stage(document.createElement("div"), () => Promise.resolve(plots), told);
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test("new figures and sizes are drawn in place, another spec from the start", async () => {
  const here = stage();
  here.show({ spec: SPEC, figures: ROWS, ...size });
  await settled();
  here.show({ spec: SPEC, figures: [...ROWS, { k: "b" }], ...size });
  await settled();
  here.show({ spec: SPEC, figures: [], ...size, width: 500 });
  await settled();
  here.show({ spec: { mark: "line" }, figures: ROWS, ...size });
  await settled();
  expect(done).toEqual(["draw bar 1", "show 2", "resize 500", "show 0", "close", "draw line 1"]);
  expect(told.drawn).toHaveBeenCalledTimes(4);
});

test("what was never drawn is passed over", async () => {
  const here = stage();
  for (const count of [1, 2, 3])
    here.show({ spec: SPEC, figures: Array.from({ length: count }, () => ({ k: "x" })), ...size });
  await settled();
  expect(done).toEqual(["draw bar 3"]);
});

test("a spec that can't be drawn is told, and the next one is drawn all the same", async () => {
  const here = stage();
  here.show({ spec: { mark: "wrong" }, figures: ROWS, ...size });
  await settled();
  expect(told.failed.mock.calls[0]![0]).toMatchObject({ message: "no such mark" });
  expect(told.drawn).not.toHaveBeenCalled();
  here.show({ spec: SPEC, figures: ROWS, ...size });
  await settled();
  expect(told.drawn).toHaveBeenCalledTimes(1);
});

test("a stage that was closed while it drew leaves nothing behind", async () => {
  const here = stage();
  here.show({ spec: SPEC, figures: ROWS, ...size });
  here.close();
  await settled();
  expect(told.drawn).not.toHaveBeenCalled();
  expect(done.filter((each) => each.startsWith("draw"))).toHaveLength(done.includes("close") ? 1 : 0);
});
