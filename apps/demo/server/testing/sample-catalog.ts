import {
  type AnyModel,
  BifocalError,
  type Classifier,
  type Lens,
  type ModelCard,
  paradigms,
  rankLabels,
  type Tagger,
  type Task,
  type TextGenerator,
  throwIfAborted,
} from "bifocal";
import type { Catalog } from "../catalog.js";

const usage = { tokens: 3, windows: 1, truncated: false };

function card(id: string, task: Task, paradigm: ModelCard["paradigm"]): ModelCard {
  const rest = { family: "sample", languages: ["en"], licence: "MIT", source: "bifocal", trainedOn: [] };
  return { id, task, paradigm, ...rest };
}

/** Says "long" of a text with the probability length / (length + 10). */
function sampleClassifier(of: ModelCard): Classifier {
  const labels = ["short", "long"];
  return {
    card: of,
    labels,
    scoreKind: "probability",
    async classify(texts, options) {
      throwIfAborted(options?.signal);
      return texts.map(({ length }) => {
        const long = length / (length + 10);
        return { ...rankLabels(labels, [1 - long, long]), model: of.id, usage };
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** Marks runs of capitals as ORG. */
function sampleTagger(of: ModelCard): Tagger {
  return {
    card: of,
    labels: ["ORG"],
    tag: async (texts) =>
      texts.map((text) => {
        const found = [...text.matchAll(/\p{Lu}{2,}/gu)];
        const entities = found.map(({ 0: each, index }) => {
          return { label: "ORG", text: each, start: index, end: index + each.length, score: 1 };
        });
        return { entities, model: of.id, usage };
      }),
    tagTokens: async (sentences) =>
      sentences.map((tokens) => {
        return { tags: tokens.map(() => "O"), scores: tokens.map(() => 1), model: of.id };
      }),
    async [Symbol.asyncDispose]() {},
  };
}

/** Repeats what it reads, so many tokens as `maxNewTokens` says. */
function sampleWriter(of: ModelCard): TextGenerator {
  return {
    card: of,
    generate: async (texts, options) =>
      texts.map((text) => {
        const tokens = options?.maxNewTokens ?? 2;
        return { text: ` ${text}`.repeat(tokens), finishReason: "length", tokens, model: of.id, usage };
      }),
    async *stream(text) {
      yield { text };
    },
    async [Symbol.asyncDispose]() {},
  };
}

const models: readonly AnyModel[] = [
  sampleClassifier(card("length-a", "sentiment-analysis", "discriminative")),
  sampleClassifier(card("length-b", "sentiment-analysis", "generative")),
  sampleTagger(card("capitals", "ner", "rule-based")),
  sampleWriter(card("echo", "text-generation", "generative")),
];

/** Small models of each contract, whose answers a test can say beforehand. Translation has none. */
export const sampleCatalog: Catalog = {
  listModels: () => models.map(({ card: of }) => ({ card: of, default: of.id !== "length-b" })),
  lensesOf: (task) =>
    paradigms.map((paradigm): Lens => {
      const ids = models.map(({ card: of }) => of).filter((of) => of.task === task && of.paradigm === paradigm);
      const lens = { paradigm, models: ids.map(({ id }) => id) };
      return ids.length > 0 ? lens : { ...lens, reason: "none in this sample." };
    }),
  async openModel(_task, id) {
    const found = models.find(({ card: of }) => of.id === id);
    if (found === undefined) throw new BifocalError("unknown-model", `No ${id}.`);
    return found;
  },
};
