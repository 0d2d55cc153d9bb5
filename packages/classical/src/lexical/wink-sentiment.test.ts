import { classifierChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { winkSentiment } from "./wink-sentiment.js";

for (const { name, run } of classifierChecks(winkSentiment)) test(name, run);

test.each([
  ["What a wonderful, delightful film!", "positive"],
  ["What a horrible, boring mess.", "negative"],
  ["I am not happy.", "negative"],
  ["Not bad at all!", "positive"],
  ["The train leaves at noon.", "neutral"],
  ["", "neutral"],
])("%s is %s", async (text, label) => {
  const [result] = await winkSentiment().classify([text]);
  expect(result.label).toBe(label);
});

test("negation ends with its sentence", async () => {
  const [apart] = await winkSentiment().classify(["I do not know. The food was wonderful. The staff were lovely."]);
  expect(apart.label).toBe("positive");
});

test("it says how many tokens it read", async () => {
  const [result] = await winkSentiment().classify(["I don't know."]);
  expect(result.usage).toEqual({ tokens: 5, windows: 1, truncated: false });
});
