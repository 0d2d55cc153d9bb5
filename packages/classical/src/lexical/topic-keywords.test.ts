import { classifierChecks } from "@bifocal/contracts/testing";
import { expect, test } from "vitest";
import { topicKeywords } from "./topic-keywords.js";

for (const { name, run } of classifierChecks(topicKeywords)) test(name, run);

test.each([
  ["NASA plans to launch a shuttle to the moon.", "space"],
  ["The goalie stopped forty shots in the playoffs.", "hockey"],
  ["Is your RSA key safe? Encryption and privacy", "cryptography"],
])("%s is %s", async (text, label) => {
  const [result] = await topicKeywords().classify([text]);
  expect(result.label).toBe(label);
});

test("each topic is told by its own name", async () => {
  const model = topicKeywords();
  for (const name of model.labels) expect((await model.classify([name]))[0].label).toBe(name);
});

test("the margin is the lead over the best other topic, and 0 where there is none", async () => {
  const margins = async (text: string) => (await topicKeywords().classify([text]))[0].scores.map(({ score }) => score);
  expect(await margins("goalie, goalie, stanley puck")).toEqual([3, ...Array.from({ length: 19 }, () => -3)]);
  expect(new Set(await margins("nothing of the kind"))).toEqual(new Set([0]));
});
