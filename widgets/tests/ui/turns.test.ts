// Charts that are seen are drawn first, and the page breathes between them.
import { expect, test } from "vitest";
import { Turns } from "../../src/ui/turns";

function host(top: number): Element {
  const element = document.createElement("div");
  element.getBoundingClientRect = () => ({ top, bottom: top + 100 }) as DOMRect;
  return element;
}

test("what is seen comes first, then the nearest", async () => {
  const done: string[] = [];
  const turns = new Turns();
  const take = (name: string, top: number) =>
    turns.take(host(top), async () => void (await Promise.resolve(), done.push(name)));
  await Promise.all([take("below", 5_000), take("above", -500), take("seen", 10), take("edge", -50)]);
  expect(done).toEqual(["seen", "edge", "above", "below"]);
});

test("what is out of sight waits until there is nothing else to do, and what comes into sight meanwhile goes first", async () => {
  const done: string[] = [];
  const turns: Turns = new Turns(
    () => Promise.resolve(),
    () => 0,
    () => {
      done.push("idle");
      if (done.length === 1) void turns.take(host(0), draw("scrolled to"));
      return Promise.resolve();
    },
  );
  const draw = (name: string) => () => Promise.resolve(void done.push(name));
  await Promise.all([turns.take(host(9_000), draw("far")), turns.take(host(2_000), draw("near"))]);
  expect(done).toEqual(["idle", "scrolled to", "near", "far"]);
});

test("what is seen is followed by what is not only when there is nothing else to do", async () => {
  const done: string[] = [];
  const turns = new Turns(
    () => Promise.resolve(),
    () => 0,
    () => Promise.resolve(void done.push("idle")),
  );
  const draw = (name: string) => () => Promise.resolve(void done.push(name));
  await Promise.all([turns.take(host(2_000), draw("near")), turns.take(host(0), draw("seen"))]);
  expect(done).toEqual(["seen", "idle", "near"]);
});

test("where things are is found once for all that is drawn in one go", async () => {
  let asked = 0;
  const counted = (): Element => {
    const element = host(0);
    const rect = element.getBoundingClientRect();
    element.getBoundingClientRect = () => (void (asked += 1), rect);
    return element;
  };
  const turns = new Turns(
    () => Promise.resolve(),
    () => 0,
  );
  await Promise.all(Array.from({ length: 12 }, () => turns.take(counted(), () => Promise.resolve())));
  expect(asked).toBe(12);
});

test("after a while the browser has its turn, and what was asked for meanwhile is seen to", async () => {
  const done: string[] = [];
  let clock = 0;
  const late: Promise<void>[] = [];
  const turns: Turns = new Turns(
    () => {
      done.push("pause");
      if (done.length < 4) late.push(turns.take(host(0), draw("late")));
      return Promise.resolve();
    },
    () => clock,
    () => Promise.resolve(),
  );
  const draw = (name: string) => () => {
    clock += 30;
    done.push(name);
    return Promise.resolve();
  };
  await Promise.all(["a", "b", "c"].map((name) => turns.take(host(0), draw(name))));
  await Promise.all(late);
  await Promise.resolve();
  expect(done).toEqual(["a", "b", "pause", "c", "late", "pause"]);
});

test("a drawing that fails is told to who asked, and holds up nobody", async () => {
  const turns = new Turns();
  const wrong = turns.take(host(0), () => Promise.reject(new Error("no such mark")));
  const right = turns.take(host(0), () => Promise.resolve());
  await expect(wrong).rejects.toThrow("no such mark");
  await right;
});

test("before the page is printed all of it is drawn, while nothing else may happen", async () => {
  const done: string[] = [];
  const never = (): Promise<void> => new Promise(() => undefined);
  const turns = new Turns(never, () => 0, never);
  for (const name of ["near", "far"]) void turns.take(host(9_000), async () => void done.push(name));
  await Promise.resolve();
  expect(done).toEqual([]);
  turns.hurry(true);
  for (let n = 0; n < 20; n += 1) await Promise.resolve();
  expect(done).toEqual(["near", "far"]);
  turns.hurry(false);
  void turns.take(host(9_000), async () => void done.push("later"));
  for (let n = 0; n < 20; n += 1) await Promise.resolve();
  expect(done).toEqual(["near", "far"]);
});
