import { expect, it } from "vitest";
import { plain, tabbed } from "../../src/grid/menu/copyEntries";
import { item, table } from "../fixtures";

it("copies rows as they read, totals under their name", () => {
  const payload = table();
  const all = [payload.total!, ...payload.rows.slice(0, 2)];
  expect(tabbed(all, payload.columns)).toBe(
    "\tFlights\tDelay rate\nTotal\t120\t120\nParis\t12\t3.5%\nTotal of Paris\t120\t120",
  );
  expect(tabbed([payload.rows[0]!], payload.columns, [payload.columns[1]!])).toBe(
    "\tDelay rate\nParis\t3.5%",
  );
});

it("copies no formula and no cell in two lines, but numbers as they are", () => {
  const row = item(["=1+1\tx\n"], { caption: "DM1" });
  expect(tabbed([row], []).split("\n")[1]).toBe("'=1+1 x  (DM1)");
  expect(plain("-1,234.5%")).toBe("-1,234.5%");
  expect(plain("-5,3\u00a0%")).toBe("-5,3\u00a0%");
  expect(plain("-cmd")).toBe("'-cmd");
});

it("copies figures with all their digits where fewer are shown", () => {
  const payload = table();
  const [row] = payload.rows;
  const cells = [
    { ...row!.cells[0]!, text: "1,289", exact: "1289" },
    { ...row!.cells[1]!, text: "3.5%" },
  ];
  const exact = { ...row!, cells } as typeof row & object;
  expect(tabbed([exact], payload.columns).split("\n")[1]).toBe("Paris\t1289\t3.5%");
});
