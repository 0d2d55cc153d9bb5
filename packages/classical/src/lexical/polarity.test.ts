import { expect, test } from "vitest";
import { neutralZone, polarityMargins } from "./polarity.js";

test("margins are distances to the borders of the labels", () => {
  expect(polarityMargins(0.5)).toEqual([neutralZone - 0.5, 0.5 - neutralZone, -0.5 - neutralZone]);
});

test("the border itself is neutral, on either side", () => {
  for (const border of [neutralZone, -neutralZone]) expect(Math.max(...polarityMargins(border))).toBe(0);
  expect(polarityMargins(-neutralZone - 0.01)[2]).toBeGreaterThan(0);
});
