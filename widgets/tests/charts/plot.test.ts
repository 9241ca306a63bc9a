// The drawing itself: vega in a page without a screen.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { draw, type Plot } from "../../src/charts/plot";

const SPEC = {
  data: { name: "figures" },
  mark: "bar",
  encoding: {
    x: { field: "c", type: "nominal", axis: { labelExpr: "slice(datum.label, 4)", title: null } },
    y: { field: "v", type: "quantitative", axis: { title: null } },
    color: {
      field: "s",
      type: "nominal",
      scale: { domain: ["s0"], range: ["var(--dr-c1)"] },
      legend: null,
    },
  },
};
const FIGURES = [
  { k: "a", s: "s0", c: "0001Paris", v: 40 },
  { k: "b", s: "s0", c: "0002<img src=x onerror=alert(1)>", v: 10 },
];
let plot: Plot;
let host: HTMLElement;

beforeEach(() => {
  host = document.createElement("div");
  document.body.append(host);
  // jsdom can't measure texts; vega then guesses.
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});
afterEach(() => {
  plot.close();
  host.remove();
});

const open = async (spec: object = SPEC, figures = FIGURES) =>
  (plot = await draw(host, { spec, figures, size: { width: 400, height: 200 }, font: "serif" }));

test("marks are as high as their figures, labels are text, and colours are the page's", async () => {
  await open();
  const [a, b] = plot.spots();
  expect([a!.key, b!.key]).toEqual(["a", "b"]);
  expect(a!.box.height / b!.box.height).toBeCloseTo(4, 1);
  const labels = [...host.querySelectorAll("text")].map((each) => each.textContent);
  expect(labels).toContain("Paris");
  expect(labels.join()).toContain("<img");
  expect(host.querySelector("img")).toBeNull();
  expect(host.innerHTML).toContain("var(--dr-c1)");
});

test("other figures and another size are drawn in place", async () => {
  await open();
  const svg = host.querySelector("svg");
  const before = plot.area().height;
  await plot.show([{ k: "a", s: "s0", c: "0001Paris", v: 10 } as never]);
  expect(plot.spots().map(({ key }) => key)).toEqual(["a"]);
  await plot.resize({ width: 300, height: 400 });
  expect(plot.area().height).toBeGreaterThan(before + 100);
  expect(host.querySelector("svg")).toBe(svg);
  expect(svg!.getAttribute("width")).toBe("300");
  plot.close();
  expect(host.childElementCount).toBe(0);
});

test("expressions are interpreted, and nothing is loaded", async () => {
  const makes = vi.spyOn(globalThis, "Function").mockImplementation(() => {
    throw new Error("code was made");
  });
  const fetched = vi.spyOn(globalThis, "fetch");
  await open();
  expect(makes).not.toHaveBeenCalled();
  plot.close();
  const away = { ...SPEC, mark: { type: "image", url: "https://other.example/a.png" } };
  await open(away).catch(() => undefined);
  expect(host.innerHTML).not.toContain("other.example");
  expect(fetched).not.toHaveBeenCalled();
});

test("a spec that can't be drawn says so, and leaves nothing behind", async () => {
  await open();
  await expect(open({ data: { name: "figures" }, mark: "sphere", encoding: {} })).rejects.toThrow();
  expect(document.querySelectorAll("svg").length).toBeLessThan(2);
});
