import { expect, test } from "vitest";
import { labelPolarity, neutralZone } from "./polarity.js";

test("scores are distances to the borders of the labels", () => {
  expect(labelPolarity(0.5).scores).toEqual([
    { label: "positive", score: 0.5 - neutralZone },
    { label: "neutral", score: neutralZone - 0.5 },
    { label: "negative", score: -0.5 - neutralZone },
  ]);
});

test("the border itself is neutral, on either side", () => {
  expect(labelPolarity(neutralZone).label).toBe("neutral");
  expect(labelPolarity(-neutralZone).label).toBe("neutral");
  expect(labelPolarity(-neutralZone - 0.01).label).toBe("negative");
});
