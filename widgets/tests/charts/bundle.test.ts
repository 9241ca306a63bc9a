// @vitest-environment node
// What draws charts comes from the kernel, once per page.
import { gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import { loadPlots } from "../../src/charts/bundle";
import { Sender } from "../../src/sync/sender";
import { FakeModel, traitsOf } from "../model";

const CODE = "export const draw = () => 7;";

/** A kernel that is asked for the module, and a page that can load one. */
function kernel(version: string, code: string | null = CODE) {
  const model = new FakeModel(traitsOf({ version }));
  model.answer = () =>
    code === null
      ? { ok: false, error: { title: "Gone", message: "The kernel is gone.", code: "error" } }
      : ({ content: new DataView(new Uint8Array(gzipSync(code)).buffer) } as object);
  return { model, sender: new Sender(model) };
}

afterEach(() => vi.unstubAllGlobals());

function withPages(): string[] {
  const made: string[] = [];
  // A module of a data address stands for one of a blob, which Node can't import.
  vi.stubGlobal(
    "URL",
    Object.assign(URL, {
      createObjectURL: () => {
        made.push("blob");
        return `data:text/javascript,${encodeURIComponent(CODE)}#${made.length}`;
      },
      revokeObjectURL: () => undefined,
    }),
  );
  return made;
}

test("it is asked for once, whoever draws the first chart, and again for another version", async () => {
  const made = withPages();
  const one = kernel("a");
  const other = kernel("a");
  const [first, second] = await Promise.all([
    loadPlots(one.model, one.sender),
    loadPlots(other.model, other.sender),
  ]);
  expect(first).toBe(second);
  expect((first.draw as unknown as () => number)()).toBe(7);
  expect(one.model.sent.map(({ type }) => type as string)).toEqual(["charts"]);
  expect(other.model.sent).toEqual([]);
  expect(one.sender.pending()).toBe(0);

  const newer = kernel("b");
  expect(await loadPlots(newer.model, newer.sender)).not.toBe(first);
  expect(made.length).toBe(2);
});

test("where it can't be had, that is said, and the next chart asks again", async () => {
  withPages();
  const gone = kernel("c", null);
  await expect(loadPlots(gone.model, gone.sender)).rejects.toThrow("The kernel is gone.");
  const back = kernel("c");
  await expect(loadPlots(back.model, back.sender)).resolves.toBeDefined();
});
