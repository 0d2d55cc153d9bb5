import {
  type Classifier,
  type ModelCard,
  rankLabels,
  refuseNBest,
  softmax,
  type Tagger,
  type Task,
  tagsOfSpans,
  throwIfAborted,
} from "@bifocal/contracts";

const usage = { tokens: 1, windows: 1, truncated: false };

export function cardOf(id: string, task: Task): ModelCard {
  return {
    id,
    task,
    paradigm: "rule-based",
    family: "word list",
    languages: ["en"],
    licence: "MIT",
    source: "written for a test",
    trainedOn: [],
  };
}

/** Scores a label by how many of its words are in the text; equal scores go to the first label. */
export function wordClassifier(
  id: string,
  words: Readonly<Record<string, readonly string[]>>,
  rest: Partial<Pick<Classifier, "scoreKind" | "trainingTexts">> = {},
): Classifier {
  const labels = Object.keys(words);
  const { scoreKind = "probability" } = rest;
  return {
    card: cardOf(id, "sentiment-analysis"),
    labels,
    scoreKind,
    ...(rest.trainingTexts && { trainingTexts: rest.trainingTexts }),
    async classify(texts, { signal } = {}) {
      throwIfAborted(signal);
      return texts.map((text) => {
        const read = text.split(" ");
        const found = Object.values(words).map((list) => read.filter((word) => list.includes(word)).length);
        const scores = scoreKind === "probability" ? softmax(found) : found;
        return { ...rankLabels(labels, scores), model: id, usage };
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** Marks single tokens that are in a list as entities of a type. */
export function wordTagger(id: string, words: Readonly<Record<string, string>>): Tagger {
  const card = cardOf(id, "ner");
  return {
    card,
    labels: [...new Set(Object.values(words))],
    async tag(texts, options = {}) {
      throwIfAborted(options.signal);
      refuseNBest(card, options);
      return texts.map(() => ({ entities: [], model: id, usage }));
    },
    async tagTokens(sentences, options = {}) {
      throwIfAborted(options.signal);
      refuseNBest(card, options);
      return sentences.map((tokens) => {
        const spans = tokens.flatMap((token, i) => {
          const label = words[token];
          return label === undefined ? [] : [{ label, start: i, end: i + 1 }];
        });
        return { tags: tagsOfSpans(tokens.length, spans), scores: tokens.map(() => 1), model: id };
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}
