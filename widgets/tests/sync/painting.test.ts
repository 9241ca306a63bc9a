import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Painting } from "../../src/sync/painting";

let frames: (() => void)[] = [];
const posted = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
});
afterEach(() => vi.unstubAllGlobals());

it("does things at once while no figures are about to be painted", () => {
  const done: string[] = [];
  new Painting().after(() => done.push("at once"));
  expect(done).toEqual(["at once"]);
});

it("puts things off until figures are painted, in their order, and not for longer", async () => {
  const painting = new Painting();
  const done: string[] = [];
  painting.begin();
  painting.begin();
  painting.after(() => done.push("title"));
  painting.after(() => done.push("menu"));
  expect(frames).toHaveLength(1);
  frames[0]!();
  expect(done).toEqual([]);
  await posted();
  expect(done).toEqual(["title", "menu"]);
  painting.after(() => done.push("at once"));
  expect(done).toEqual(["title", "menu", "at once"]);
});

it("does not wait for a page that is not painted", () => {
  vi.useFakeTimers();
  const painting = new Painting();
  const done: string[] = [];
  painting.begin();
  painting.after(() => done.push("title"));
  vi.advanceTimersByTime(100);
  expect(done).toEqual(["title"]);
  vi.useRealTimers();
  vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  painting.begin();
  painting.after(() => done.push("in the background"));
  expect(done).toEqual(["title", "in the background"]);
  vi.restoreAllMocks();
});
