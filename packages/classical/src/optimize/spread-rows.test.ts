import { expect, test } from "vitest";
import { spreadRows } from "./spread-rows.js";

test("rows that come one after the other are a quarter of the data apart, and each comes once", () => {
  expect([...spreadRows(10)]).toEqual([0, 3, 6, 9, 1, 4, 7, 2, 5, 8]);
  expect([...spreadRows(8)]).toEqual([0, 2, 4, 6, 1, 3, 5, 7]);
  for (const rows of [0, 1, 2, 3, 5]) expect([...spreadRows(rows)].sort()).toEqual([...Array(rows).keys()]);
});
