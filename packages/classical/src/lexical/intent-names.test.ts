import { classifierChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { intentNames } from "./intent-names.js";

for (const { name, run } of classifierChecks(intentNames)) test(name, run);

test.each([
  ["I lost my card, or it was stolen.", "lost or stolen card"],
  ["Is there an age limit?", "age limit"],
  ["Can I use Apple Pay or Google Pay?", "apple pay or google pay"],
])("%s asks for %s", async (text, label) => {
  const [result] = await intentNames().classify([text]);
  expect(result?.label).toBe(label);
  expect(result?.score).toBeGreaterThan(0);
});

test("where no name says anything, the first intent is answered by no margin", async () => {
  const [result] = await intentNames().classify(["Hello there"]);
  expect(result).toMatchObject({ label: intentNames().labels[0], score: 0 });
});
