import {
  intentNames,
  joinTaggers,
  lead,
  lexRank,
  type NaturalLanguage,
  naturalSentiment,
  openModelFile,
  promptWords,
  spamSigns,
  textRank,
  topicKeywords,
  winkEntities,
  winkReview,
  winkSentences,
  winkSentiment,
} from "@bifocal/classical";
import type { AnyModel, Tagger } from "@bifocal/contracts";
import { type Catalog, type CatalogEntry, onnxEntry, type Reasons } from "@bifocal/core";
import { type EmbeddedModel, folderOf, readCard, readWeights } from "@bifocal/models";

/** Every model that is at hand without a network; the first that fits a wish is the default. */
export const catalog: Catalog = [
  embedded("logistic-regression-sentiment-en"),
  embedded("naive-bayes-sentiment-en"),
  embedded("nbsvm-sentiment-en"),
  embeddedNetwork("encoder-sentiment-en"),
  ruleBased(winkSentiment),
  ...(["en", "it", "es", "fr", "nl", "pt"] satisfies NaturalLanguage[]).map((language) =>
    ruleBased(() => naturalSentiment(language)),
  ),

  embedded("logistic-regression-topic-en", "topic"),
  embedded("naive-bayes-topic-en", "topic"),
  ruleBased(topicKeywords, "topic"),
  embedded("logistic-regression-review-en", "review"),
  embedded("naive-bayes-review-en", "review"),
  ruleBased(winkReview, "review"),
  embedded("logistic-regression-spam-en", "spam"),
  embedded("naive-bayes-spam-en", "spam"),
  ruleBased(spamSigns, "spam"),
  embedded("logistic-regression-intent-en", "intent"),
  embedded("naive-bayes-intent-en", "intent"),
  ruleBased(intentNames, "intent"),

  withRules("entities-en", "crf-entities-en-ewt"),
  embedded("crf-entities-en-ewt"),
  embedded("crf-entities-en"),
  embedded("hmm-entities-en-ewt"),
  embeddedNetwork("encoder-entities-en"),
  ruleBased(winkEntities),

  embedded("sentence-scorer-logistic-regression-en"),
  embedded("sentence-scorer-naive-bayes-en"),
  ruleBased(() => textRank(winkSentences)),
  ruleBased(() => lexRank(winkSentences)),
  ruleBased(() => lead(winkSentences)),

  embeddedNetwork("m2m-translation-en-fr"),

  embeddedNetwork("gpt2-prose-en", "prose"),
  embedded("ngram-prose-en", "prose"),
  embedded("ngram-verse-en", "verse"),
  embedded("ngram-typescript", "typescript"),
  ruleBased(promptWords),
];

/** Why a lens has no model for a task, as a person is told. */
export const reasons: Reasons = {
  "text-classification": {},
  "sentiment-analysis": {},
  ner: {},
  summarization: {},
  translation: {
    generative: "no generative translator is embedded; noisyChannel() makes one of a translator and a model of texts.",
    "rule-based": "no rule translates.",
  },
  "text-generation": {
    discriminative: "a discriminative model learns p(label | text) and cannot write.",
  },
};

function embedded(id: EmbeddedModel, variant?: string): CatalogEntry {
  return { card: readCard(id), ...(variant !== undefined && { variant }), open: () => openEmbedded(id) };
}

function embeddedNetwork(id: EmbeddedModel, variant?: string): CatalogEntry {
  return { ...onnxEntry(readCard(id), folderOf(id)), ...(variant !== undefined && { variant }) };
}

async function openEmbedded(id: EmbeddedModel): Promise<AnyModel> {
  return openModelFile(await readWeights(id), id);
}

/** Rules are small: made to read their card, they load their vocabulary when they are first asked. */
function ruleBased(create: () => AnyModel, variant?: string): CatalogEntry {
  return { card: create().card, ...(variant !== undefined && { variant }), open: async () => create() };
}

/** A learned tagger of people, places and organizations, joined with the rules that find dates, money and the like. */
function withRules(id: string, learned: EmbeddedModel): CatalogEntry {
  const card = { ...readCard(learned), id, family: "averaged perceptron chain, joined with rules" };
  return { card, open: async () => joinTaggers(card, (await openEmbedded(learned)) as Tagger, winkEntities()) };
}
