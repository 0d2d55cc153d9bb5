import { throwIfAborted } from "@bifocal/contracts";
import type { Learner, ModelKind, TaggedSentence } from "../learner.js";
import { tagsOfSentences } from "../tagged-items.js";
import { openHmm } from "./hmm.js";
import { learnEmissions } from "./hmm-learn-emissions.js";
import { type Decoding, decodings, type HmmParams, mostStates } from "./hmm-params.js";
import { stateSpace } from "./hmm-states.js";
import { type CountedWord, rootOf } from "./hmm-suffixes.js";
import { learnTransitions } from "./hmm-transitions.js";

/**
 * A hidden Markov model by counting tagged sentences (Brants 2000, "TnT"): interpolated n-grams of tags, words by tag, and
 * the endings of rare words for those that it does not know. See `hmm` for what it answers.
 */
export const hmmLearner: Learner<"tagged-sentences"> = {
  name: "hmm",
  family: "hidden Markov model",
  paradigm: "generative",
  tasks: ["ner"],
  reads: "tagged-sentences",
  settings: {
    order: { type: "integer", min: 1, max: 2, default: 2, about: "how many tags before it a tag depends on" },
    rareCount: { type: "integer", min: 1, max: 1000, default: 10, about: "words as rare as this tell of unknown ones" },
    longestSuffix: { type: "integer", min: 0, max: 50, default: 5, about: "letters of a suffix, at most" },
    suffixSmoothing: {
      type: "number",
      min: 0,
      max: 10_000,
      default: 20,
      about: "how many counts a shorter suffix is worth; 0: the weight by the variance of tags (Brants 2000)",
    },
    guessWeight: {
      type: "number",
      min: 0,
      max: 1000,
      default: 0.5,
      about: "how often a known word counts as seen with the tags that its suffix suggests",
    },
    capitals: { type: "boolean", default: true, about: "let what follows depend on capitals too" },
    recasing: {
      type: "number",
      min: 0,
      max: 0.5,
      default: 0.1,
      about: "share of words written in another case than was seen",
    },
    decoding: {
      type: "string",
      choices: decodings,
      default: "viterbi",
      about: "viterbi: the likeliest tags together; posterior: the likeliest tag of each token",
    },
  },
  train(items: readonly TaggedSentence[], settings, { signal, onProgress }): HmmParams {
    const capitals = settings.capitals as boolean;
    const order = settings.order as number;
    const tags = tagsOfSentences(items, capitals ? mostStates / 2 : mostStates);
    const stateOf = new Map(tags.map((tag, i) => [tag, i]));
    const raised = (token: string): number => (capitals ? tags.length * rootOf(token) : 0);
    const sentences = items.map(({ tokens, tags: its }) =>
      Uint8Array.from(its, (tag, i) => (stateOf.get(tag) ?? 0) + raised(tokens[i])),
    );
    throwIfAborted(signal);
    const transitions = learnTransitions(sentences, { tags, capitals, order });
    throwIfAborted(signal);
    const emissions = learnEmissions(countWords(items, sentences), {
      space: stateSpace({ tags, capitals }),
      rareCount: settings.rareCount as number,
      longestSuffix: settings.longestSuffix as number,
      suffixSmoothing: settings.suffixSmoothing as number,
      guessWeight: settings.guessWeight as number,
      recasing: settings.recasing as number,
    });
    onProgress?.({ iteration: 1, iterations: 1 });
    const decoding = settings.decoding as Decoding;
    return { kind: "hmm", version: 1, order, decoding, tags, capitals, transitions, ...emissions };
  },
};

export const hmmKind: ModelKind<HmmParams> = { version: 1, open: openHmm };

/** Every word with how often it came from each state, in the order in which they were first seen. */
function countWords(items: readonly TaggedSentence[], sentences: readonly Uint8Array[]): CountedWord[] {
  const words = new Map<string, Map<number, number>>();
  for (const [s, { tokens }] of items.entries()) {
    for (const [i, token] of tokens.entries()) {
      let counts = words.get(token);
      if (counts === undefined) {
        counts = new Map();
        words.set(token, counts);
      }
      counts.set(sentences[s][i], (counts.get(sentences[s][i]) ?? 0) + 1);
    }
  }
  return [...words].map(([word, counts]) => {
    const inOrder = [...counts].sort(([a], [b]) => a - b);
    return { word, states: inOrder.map(([state]) => state), counts: inOrder.map(([, count]) => count) };
  });
}
