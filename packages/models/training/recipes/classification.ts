import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  intentNames,
  type LabelledText,
  spamSigns,
  topicKeywords,
  winkReview,
  winkSentiment,
} from "@bifocal/classical";
import { fingerprint } from "@bifocal/contracts";
import type { Recipe } from "../recipe.js";
import { classifierPair, type Split, split } from "./classifier-pair.js";
import { topicNames } from "./topic-names.js";

/** A text with the fold that the set gives it. */
export interface FoldedText extends LabelledText {
  readonly fold: number;
}

const englishOnly = "It reads English only; other languages get an answer that means nothing.";

const sentiment = classifierPair({
  subject: "sentiment",
  task: "sentiment-analysis",
  dataSets: ["rt-polarity", "subj", "sentiment-labelled-sentences"],
  settings: { ngrams: 2, minimumDocuments: 2 },
  choose: {
    "logistic-regression": { multiclass: ["one-vs-rest"], scaleRows: [false, true], l2: [1e-3, 3e-4, 1e-4, 3e-5] },
    "naive-bayes": { smoothing: [1, 0.3, 3] },
  },
  metric: "accuracy",
  async load(dataFolder) {
    const reviews = await readItems<FoldedText>(dataFolder, "rt-polarity/all.jsonl");
    const everyday = await readItems(dataFolder, "sentiment-labelled-sentences/all.jsonl");
    const plots = (await readItems<FoldedText>(dataFolder, "subj/all.jsonl")).filter(
      ({ label }) => label === "objective",
    );
    const neutral = plots.map((item) => ({ ...item, label: "neutral" }));
    return {
      train: [...reviews, ...neutral, ...everyday],
      tests: [
        {
          on: "rt-polarity, ten folds as given, two labels",
          trainedOn: "the other nine folds of rt-polarity, two labels",
          splits: foldsOf(reviews, []),
          baseline: winkReview,
        },
        {
          on: "rt-polarity and the objective sentences of subj, ten folds as given, three labels",
          trainedOn: "the other nine folds of both, and sentiment-labelled-sentences",
          splits: foldsOf([...reviews, ...neutral], everyday),
          baseline: winkSentiment,
        },
      ],
    };
  },
  about:
    "Tells whether an English sentence is positive, neutral or negative. Positive and negative were learned from sentences of film reviews and of reviews of products and restaurants, neutral from sentences of film plots.",
  limits: [
    "Neutral means: reads like the plot of a film. A factual sentence of another kind may come out positive or negative.",
    "It learned mostly from film critics: words that praise a film may not praise a dishwasher.",
    "It reads words and pairs of words; irony, comparison and a negation further off escape it.",
    englishOnly,
  ],
  examples: [
    "A warm, funny, wonderful film.",
    "The plot is dull and the acting is worse.",
    "He returns to his village to find his father's murderer.",
    "Not bad at all.",
  ],
});

const topic = classifierPair({
  subject: "topic",
  task: "text-classification",
  dataSets: ["20newsgroups"],
  settings: { ngrams: 1, minimumDocuments: 5, withoutAddresses: true },
  choose: {
    "logistic-regression": {
      multiclass: ["one-vs-rest"],
      inverseDocumentFrequency: [false, true],
      scaleRows: [false, true],
      l2: [1e-4, 1e-5, 1e-6],
    },
    "naive-bayes": { values: ["presence", "count"], smoothing: [1, 0.3, 0.1, 0.03] },
  },
  metric: "accuracy",
  async load(dataFolder) {
    const named = (items: LabelledText[]) =>
      items.map((item) => ({ ...item, label: topicNames[item.label] ?? item.label }));
    const train = named(await readItems(dataFolder, "20newsgroups/train.jsonl"));
    const test = named(await readItems(dataFolder, "20newsgroups/test.jsonl"));
    const part = split(train, test);
    const on = "20newsgroups test, texts as in the files";
    return {
      train: part.train,
      tests: [{ on, trainedOn: "20newsgroups train", splits: [part], baseline: topicKeywords }],
    };
  },
  about:
    "Sorts English posts into the twenty topics of 20 Newsgroups. E-mail addresses, URLs, words with digits and words in fewer than five posts are left out of its vocabulary.",
  limits: [
    'It knows twenty topics of 1993 and chooses one of them for any text: there is no "none of these".',
    "It learned from whole posts, headers included: part of what it knows is who wrote to which group. Short texts are guesses.",
    englishOnly,
  ],
  examples: [
    "The shuttle launch was delayed; NASA now plans to reach orbit in May.",
    "The goalie stopped forty shots and they won the playoffs in overtime.",
    "Which graphics card drivers work with Windows 3.1?",
  ],
});

const review = classifierPair({
  subject: "review",
  task: "text-classification",
  dataSets: ["sentiment-labelled-sentences"],
  settings: {},
  choose: {
    "logistic-regression": { ngrams: [1, 2], l2: [1e-2, 3e-3, 1e-3, 3e-4, 1e-4] },
    "naive-bayes": { ngrams: [1, 2], smoothing: [1, 0.3, 3] },
  },
  metric: "accuracy",
  async load(dataFolder) {
    const items = await readItems(dataFolder, "sentiment-labelled-sentences/all.jsonl");
    const folded = items.map((item) => ({ ...item, fold: fingerprint(item.text) % 10 }));
    return {
      train: items,
      tests: [
        {
          on: "sentiment-labelled-sentences, ten folds by fingerprint of the text",
          trainedOn: "the other nine folds",
          splits: foldsOf(folded, []),
          baseline: winkReview,
        },
      ],
    };
  },
  about: "Tells whether a sentence of a review of a product, a restaurant or a film is positive or negative.",
  limits: [
    "It has no neutral: a sentence that judges nothing is called positive or negative all the same.",
    "It learned from 3,000 sentences: a word that is not among them says nothing.",
    englishOnly,
  ],
  examples: [
    "Great battery, and the sound is excellent.",
    "It broke after two days. Waste of money.",
    "Not worth the price.",
  ],
});

const spam = classifierPair({
  subject: "spam",
  task: "text-classification",
  dataSets: ["sms-spam"],
  settings: {},
  choose: {
    "logistic-regression": { ngrams: [1, 2], l2: [1e-3, 1e-4, 1e-5, 1e-6] },
    "naive-bayes": { ngrams: [1, 2], smoothing: [1, 0.3, 0.1, 0.03] },
  },
  metric: "macroF1",
  async load(dataFolder) {
    const train = await readItems(dataFolder, "sms-spam/train.jsonl");
    const test = await readItems(dataFolder, "sms-spam/test.jsonl");
    const part = split(train, test);
    return {
      train: part.train,
      tests: [{ on: "sms-spam test", trainedOn: "sms-spam train", splits: [part], baseline: spamSigns }],
    };
  },
  about: "Tells spam from ham (what is not spam) in English text messages.",
  limits: [
    "It learned from British and Singaporean text messages of before 2012: today's spam, and e-mail, look otherwise.",
    "Who knows how it works can write spam that it passes.",
    englishOnly,
  ],
  examples: [
    "WINNER!! Claim your free prize now, call 09061701461",
    "Are we still on for lunch tomorrow?",
    "Your parcel could not be delivered, pay the fee at once",
  ],
});

const intent = classifierPair({
  subject: "intent",
  task: "text-classification",
  dataSets: ["banking77"],
  settings: { ngrams: 2, minimumDocuments: 2 },
  choose: {
    "logistic-regression": {
      multiclass: ["one-vs-rest"],
      scaleRows: [true],
      longestCharacters: [0, 5],
      l2: [1e-5, 1e-6, 1e-7],
    },
    "naive-bayes": { longestCharacters: [0, 5], smoothing: [0.1, 0.03, 0.01, 0.003] },
  },
  metric: "accuracy",
  async load(dataFolder) {
    const named = (items: LabelledText[]) => items.map((item) => ({ ...item, label: intentName(item.label) }));
    const train = named(await readItems(dataFolder, "banking77/train.jsonl"));
    const test = named(await readItems(dataFolder, "banking77/test.jsonl"));
    const part = split(train, test);
    return {
      train: part.train,
      tests: [{ on: "banking77 test", trainedOn: "banking77 train", splits: [part], baseline: intentNames }],
    };
  },
  about:
    "Tells what a customer asks of a bank, of 77 intents: a lost card, a refund that is missing, a fee. Labels are BANKING77's in words: `card_arrival` is `card arrival`.",
  limits: [
    "It knows 77 intents of one online bank and chooses one of them for any text: what it was not made for it mistakes.",
    "It learned from single short questions of one voice; several wishes in one message are one to it.",
    "A few of its training labels are known to be wrong.",
    englishOnly,
  ],
  examples: [
    "I lost my card on the bus this morning.",
    "Why was I charged for taking out cash abroad?",
    "How do I change my PIN?",
  ],
});

/** The intents of banking77 in words: "card_arrival" is "card arrival". */
function intentName(label: string): string {
  return label.toLowerCase().replaceAll("_", " ").replace(/\?$/, "");
}

/** The classifiers that ship, a pair a subject: one for each lens. */
export const classificationRecipes: readonly Recipe[] = [...sentiment, ...topic, ...review, ...spam, ...intent];

/** Ten splits by the items' own folds; `always` is trained on in each. */
function foldsOf(items: readonly FoldedText[], always: readonly LabelledText[]): Split[] {
  return Array.from({ length: 10 }, (_, fold) => {
    const train = [...items.filter((item) => item.fold !== fold), ...always];
    return split(
      train,
      items.filter((item) => item.fold === fold),
    );
  });
}

/** The items of a .jsonl file below the data folder. */
export async function readItems<Item extends LabelledText = LabelledText>(
  dataFolder: string,
  file: string,
): Promise<Item[]> {
  const text = await readFile(join(dataFolder, file), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Item);
}
