import {
  type Classifier,
  contractOf,
  type ModelCard,
  type Paradigm,
  type Tagger,
  type Task,
  type TextGenerator,
  throwIfAborted,
} from "@bifocal/contracts";
import type { Catalog, CatalogEntry, Reasons } from "../src/catalog.js";
import type { ModelSources } from "../src/open-model.js";

/** A model that writes what it was asked: real behind its contract, and counted when closed. */
export type FakeModel = (Classifier | Tagger | TextGenerator) & { closed: number };

const usage = { tokens: 1, windows: 1, truncated: false };

export function fakeCard(id: string, task: Task, more: Partial<ModelCard> = {}): ModelCard {
  const paradigm: Paradigm = "discriminative";
  return { id, task, paradigm, family: "fake", languages: [], licence: "MIT", source: "here", trainedOn: [], ...more };
}

/** A model of the card's task. Its answers hold the length of each text, or the text itself. */
export function fakeModel(card: ModelCard): FakeModel {
  const model = {
    card,
    closed: 0,
    async [Symbol.asyncDispose]() {
      model.closed++;
    },
    ...methods[contractOf[card.task]](card.id),
  };
  return model;
}

const methods = {
  classifier: (model: string) => ({
    labels: ["short", "long"],
    scoreKind: "probability" as const,
    classify: async (texts: readonly string[]) =>
      texts.map((text) => ({ label: text.length > 3 ? "long" : "short", score: 1, scores: [], model, usage })),
  }),
  tagger: (model: string) => ({
    labels: ["ALL"],
    tag: async (texts: readonly string[]) =>
      texts.map((text) => ({
        entities: [{ text, start: 0, end: text.length, label: "ALL", score: 1 }],
        model,
        usage,
      })),
    tagTokens: async () => [],
  }),
  "text-generator": (model: string) => ({
    generate: async (texts: readonly string[], options: { maxNewTokens?: number; signal?: AbortSignal } = {}) => {
      throwIfAborted(options.signal);
      const finishReason = "end" as const;
      return texts.map((text) => ({
        text: text.slice(0, options.maxNewTokens),
        finishReason,
        tokens: 1,
        model,
        usage,
      }));
    },
    async *stream(text: string) {
      for (const character of text) yield { text: character };
    },
  }),
};

/** A catalog's entry that opens such a model. */
export function fakeEntry(card: ModelCard, variant?: string): CatalogEntry {
  return { card, ...(variant !== undefined && { variant }), open: async () => fakeModel(card) };
}

/** No lens has anything to say for itself. */
export const noReasons: Reasons = {
  "text-classification": {},
  "sentiment-analysis": {},
  ner: {},
  summarization: {},
  translation: {},
  "text-generation": {},
};

/** Sources over a catalog whose files all hold one model, a tagger unless another is given. */
export function fakeSources(catalog: Catalog, inFiles = fakeModel(fakeCard("from-file", "ner"))): ModelSources {
  return { catalog, reasons: noReasons, openFile: async () => inFiles };
}
