import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Classification } from "@bifocal/contracts";
import { classifierChecks } from "@bifocal/contracts/testing";
import * as library from "@xenova/transformers";
import { describe, expect, test } from "vitest";
import { createEntailmentClassifier, type EntailmentOptions } from "../discriminative/entailment.js";
import { labelsOf, type ModelConfig } from "../hub/model-config.js";
import { plainCard } from "../hub/plain-card.js";
import type { PairScoringEngine } from "./engine.js";
import type { Loaded } from "./loaded.js";
import { scorePairs } from "./score-pairs.js";
import { load } from "./transformers.js";

/** What PyTorch gives, by an independent reference: see tests/fixtures/entailment/README.md. */
interface Goldens {
  readonly texts: readonly string[];
  readonly cases: readonly {
    readonly options: GoldenOptions;
    readonly results: readonly {
      readonly scores: readonly number[];
      readonly tokens: number;
      readonly windows: number;
    }[];
  }[];
}

interface GoldenOptions {
  readonly labels: Readonly<Record<string, string>>;
  readonly template?: string;
  readonly multiLabel?: boolean;
}

const folder = fileURLToPath(new URL("../../../../tests/fixtures/entailment/", import.meta.url));
const goldens: Readonly<Record<string, Goldens>> = JSON.parse(readFileSync(`${folder}goldens.json`, "utf8"));

async function loadFixture(name: string): Promise<Loaded> {
  const config: ModelConfig = JSON.parse(readFileSync(`${folder}${name}/config.json`, "utf8"));
  return load({ folder: `${folder}${name}`, head: "score", dtype: "fp32", config });
}

function classifierOf(loaded: Loaded, options: EntailmentOptions) {
  const score = scorePairs(loaded);
  const engine: PairScoringEngine = {
    labels: labelsOf(loaded.config),
    scorePairs: (texts, seconds, { priority = "interactive", ...reading } = {}) =>
      score({ texts, seconds, options: reading }, { priority, throwIfCancelled: () => {}, tell: () => {} }),
    close: async () => {},
  };
  const of = { task: "text-classification", family: loaded.config.model_type, source: folder } as const;
  return createEntailmentClassifier(engine, plainCard("tiny", of), options);
}

function expectGolden(
  found: Classification | undefined,
  { labels }: GoldenOptions,
  golden: Goldens["cases"][number]["results"][number] | undefined,
): void {
  for (const [i, label] of Object.keys(labels).entries()) {
    const score = found?.scores.find((each) => each.label === label)?.score ?? Number.NaN;
    expect(Math.abs(score - (golden?.scores[i] ?? 0)), label).toBeLessThan(1e-5);
  }
  expect(found?.usage).toEqual({ tokens: golden?.tokens, windows: golden?.windows, truncated: false });
}

describe.each(Object.entries(goldens))("entailment by %s", (name, { texts, cases }) => {
  const loading = loadFixture(name);

  test.each(cases)("$options", async ({ options, results }) => {
    const model = classifierOf(await loading, options);
    const together = await model.classify(texts);
    const atOnce = await Promise.all(texts.map((text) => model.classify([text])));
    for (const [i, result] of results.entries()) {
      expectGolden(together[i], options, result);
      expectGolden(atOnce[i]?.[0], options, result);
    }
    expect(model.scoreKind).toBe(options.multiLabel ? "probability-each" : "probability");
  });

  test("the Hub's own pipeline says the same of texts that fit", async () => {
    Object.assign(library.env, { allowRemoteModels: false, useFSCache: false });
    const settings = { dtype: "fp32", local_files_only: true } as const;
    const theirs = await library.pipeline("zero-shot-classification", `${folder}${name}`, settings);
    const labels = ["sports", "politics"];
    const ours = classifierOf(await loading, { labels });
    for (const text of texts.slice(0, 4)) {
      const [own] = await ours.classify([text]);
      const { labels: ranked, scores } = (await theirs(text, labels)) as { labels: string[]; scores: number[] };
      expect(own?.scores.map(({ label }) => label)).toEqual(ranked);
      for (const [i, { score }] of own?.scores.entries() ?? []) expect(score).toBeCloseTo(scores[i] ?? Number.NaN, 5);
    }
    await theirs.dispose();
  });

  test("a label's text must leave room for what is read", async () => {
    const model = classifierOf(await loading, { labels: ["sports", "weather ".repeat(40)] });
    await expect(model.classify(["rain"])).rejects.toThrow(/Say it shorter/);
  });

  const open = async () => classifierOf(await loading, { labels: ["sports", "politics", "weather"], multiLabel: true });
  for (const { name: check, run } of classifierChecks(open)) test(check, run);
});
