import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Classifier } from "@bifocal/contracts";
import { classifierChecks } from "@bifocal/contracts/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openZeroShot } from "./open-zero-shot.js";

const folder = fileURLToPath(new URL("../../../tests/fixtures/entailment/", import.meta.url));
const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../tests/fixtures/onnx/${name}`, import.meta.url));
const embedder = fileURLToPath(new URL("../../../../shared/models/minishlab/potion-base-4M-int8", import.meta.url));
describe("a classifier by entailment", () => {
  let model: Classifier;
  beforeAll(async () => {
    model = await openZeroShot(`${folder}bert`, { labels: ["sports", "politics", "the old weather"] });
  });
  afterAll(() => model[Symbol.asyncDispose]());
  for (const { name, run } of classifierChecks(() => ({ ...model, [Symbol.asyncDispose]: async () => {} })))
    test(name, run);

  test("cuts a long text, or refuses it, where the call asks for it", async () => {
    const long = "rain fell ".repeat(40);
    const [cut] = await model.classify([long], { overflow: "truncate" });
    expect(cut?.usage).toMatchObject({ windows: 1, truncated: true });
    await expect(model.classify([long], { overflow: "error" })).rejects.toMatchObject({ code: "too-large" });
    expect(model.bytes).toBeGreaterThan(40_000);
  });
});

test.each([
  [{ labels: ["sports"] }, "bert", "invalid-input", /two labels/],
  [{ labels: ["sports", "sports"] }, "bert", "invalid-input", /"sports" is there twice/],
  [{ labels: ["sports", " "] }, "bert", "invalid-input", /needs a text/],
  [{ labels: ["sports", "politics"], template: "about sports" }, "bert", "invalid-input", /template needs "\{\}"/],
  [{ labels: ["sports", "politics"], temperature: 1 }, "bert", "invalid-input", /temperature is for an embedder/],
  [{ labels: ["good", "bad"] }, fixture("text-classifier"), "wrong-task", /no label that begins with "entail"/],
] as const)("%j of %s is refused", async (options, name, code, message) => {
  const opening = openZeroShot(name.startsWith("/") ? name : `${folder}${name}`, options);
  await expect(opening).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

test.skipIf(!existsSync(embedder))(
  "an embedder classifies by what lies near (skipped where ../shared/models is not there)",
  async () => {
    const labels = { sports: "sports, football, athletes", food: "food, cooking, recipes" };
    await using model = await openZeroShot(embedder, { labels });
    const results = await model.classify(["The striker scored twice.", "Simmer the sauce and add basil."]);
    expect(results.map(({ label }) => label)).toEqual(["sports", "food"]);
    await expect(openZeroShot(embedder, { labels, multiLabel: true })).rejects.toThrow(/multiLabel is for/);
  },
);
