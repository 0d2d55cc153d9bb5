import { classifierChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { winkReview } from "./wink-review.js";

for (const { name, run } of classifierChecks(winkReview)) test(name, run);

test.each([
  ["Great battery, and the sound is excellent.", "positive"],
  ["Waste of money, a terrible phone.", "negative"],
  ["I am not happy with it.", "negative"],
  ["It broke after two days.", "negative"],
  ["", "negative"],
])("%s is %s", async (text, label) => {
  const [result] = await winkReview().classify([text]);
  expect(result.label).toBe(label);
});

test("the margins are the polarity, either way", async () => {
  const [{ scores }] = await winkReview().classify(["What a wonderful phone!"]);
  expect(scores[0].score).toBeGreaterThan(0);
  expect(scores[1].score).toBe(-scores[0].score);
});
