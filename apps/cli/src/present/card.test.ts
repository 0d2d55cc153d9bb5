import { expect, test } from "vitest";
import { cardLines } from "./card.js";

test("what is empty is shown by a dash, in a list and in what was set", () => {
  const training = { learner: "crf", settings: { names: "", epochs: 3 }, seed: 1, version: "0", items: 2 };
  const lines = cardLines({
    ...{ id: "mine", task: "ner", paradigm: "discriminative", family: "a chain", licence: "MIT", source: "here" },
    ...{ languages: [], trainedOn: [], training },
  });
  expect(lines).toContain("languages    –");
  expect(lines.find((line) => line.startsWith("training"))).toContain("settings names –, epochs 3");
});
