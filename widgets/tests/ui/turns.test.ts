// Charts that are seen are drawn first, and the page breathes between them.
import { expect, test } from "vitest";
import { Turns } from "../../src/ui/turns";

function host(top: number): Element {
  const element = document.createElement("div");
  element.getBoundingClientRect = () => ({ top, bottom: top + 100 }) as DOMRect;
  return element;
}

test("what is seen comes first, then the rest in its order", async () => {
  const done: string[] = [];
  const turns = new Turns();
  const take = (name: string, top: number) =>
    turns.take(host(top), async () => void (await Promise.resolve(), done.push(name)));
  await Promise.all([take("below", 5_000), take("above", -500), take("seen", 10), take("edge", -50)]);
  expect(done).toEqual(["seen", "edge", "below", "above"]);
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
  );
  const draw = (name: string) => () => {
    clock += 30;
    done.push(name);
    return Promise.resolve();
  };
  await Promise.all(["a", "b", "c"].map((name) => turns.take(host(9_999), draw(name))));
  await Promise.all(late);
  expect(done).toEqual(["a", "b", "pause", "late", "c", "pause"]);
});

test("a drawing that fails is told to who asked, and holds up nobody", async () => {
  const turns = new Turns();
  const wrong = turns.take(host(0), () => Promise.reject(new Error("no such mark")));
  const right = turns.take(host(0), () => Promise.resolve());
  await expect(wrong).rejects.toThrow("no such mark");
  await right;
});
