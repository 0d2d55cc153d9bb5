import {
  decodeModel,
  encodeModel,
  type LabelledText,
  openModel,
  scoreModel,
  trainModel,
  winkReview,
} from "@bifocal/classical";
import type { Built, Recipe } from "../recipe.js";
import { type FoldedText, readItems } from "./classification.js";
import { type Learn, measure, remembered, type Split } from "./classifier-pair.js";

const id = "nbsvm-sentiment-en";
const dataSets = ["rt-polarity", "rt-2k"];

/** What is chosen: how much a whole review counts beside a sentence, and the learner's interpolation. */
const among = { documentWeight: [0.1, 0.3], interpolation: [0.25, 0.1] };

type Candidate = { readonly [Name in keyof typeof among]: number };

const candidates: readonly Candidate[] = among.documentWeight.flatMap((documentWeight) =>
  among.interpolation.map((interpolation) => ({ documentWeight, interpolation })),
);

const common = { tokenizer: "natural", minimumDocuments: 2, l2: 1e-4 } as const;

/** Weights ship in 8 bits. */
const encode = { quantize: { weights: 1 } } as const;

/** A sentence of a critic, which has a fold, or a whole review, which has none. */
type Learned = LabelledText & Partial<Pick<FoldedText, "fold">>;

/** Two labels, learned from sentences of film critics and, with less weight, from whole reviews of films. */
export const filmSentimentRecipe: Recipe = {
  id,
  dataSets,
  async build(dataFolder): Promise<Built> {
    const sentences = await readItems<FoldedText>(dataFolder, "rt-polarity/all.jsonl");
    const reviews = await readItems(dataFolder, "rt-2k/all.jsonl");
    const splits = Array.from({ length: 10 }, (_, fold) => foldOf(sentences, reviews, fold));
    const learn = remembered(learnFilms);
    const trainedOn = "the other nine folds, and rt-2k without any line of the test";
    const test = { trainedOn, baseline: winkReview };
    const measured = [
      ...(await measure(learn, { ...test, on: "rt-polarity, fold 0, two labels", splits: splits.slice(0, 1) })),
      ...(await measure(learn, { ...test, on: "rt-polarity, ten folds as given, two labels", splits })),
    ];
    const { model, chosen } = await learn([...sentences, ...reviews]);
    return {
      model,
      measured,
      chosen,
      encode,
      about:
        "Tells whether an English sentence of a film review is positive or negative: a linear model over words and pairs of words, scaled by naive Bayes. Whole reviews of films taught it words that the sentences seldom have. Tokens and data were settled on folds 1 to 9 of rt-polarity, so of its figures that of fold 0 is the one that nothing was chosen by.",
      limits: [
        "It has no neutral: a sentence that judges nothing is called positive or negative all the same.",
        "It learned from film critics: words that praise a film may not praise a dishwasher.",
        "It reads words and pairs of words; irony, comparison and a negation further off escape it.",
        "It reads letters without accents and digits, and nothing else: no punctuation, no emoji.",
        "It reads English only; other languages get an answer that means nothing.",
      ],
      examples: [
        "A warm, funny, wonderful film.",
        "The plot is dull and the acting is worse.",
        "Not bad at all.",
        "It is not without its charms, but two hours of it are too much.",
      ],
    };
  },
};

/** Equal for texts that differ only in case, spaces and punctuation. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** A fold as the test, and what may be learned from. */
function foldOf(sentences: readonly FoldedText[], reviews: readonly LabelledText[], testFold: number): Split {
  const test = sentences.filter(({ fold }) => fold === testFold);
  const others = sentences.filter(({ fold }) => fold !== testFold);
  const left = withoutLinesOf(test, others);
  return { train: [...left, ...withoutLinesOf(test, reviews)], test, left: others.length - left.length };
}

/** The items without the lines that are a text of the test, however they are written. */
export function withoutLinesOf<Item extends LabelledText>(
  test: readonly LabelledText[],
  items: readonly Item[],
): Item[] {
  const known = new Set(test.map(({ text }) => lettersOf(text)));
  const rest = (text: string) => text.split("\n").filter((line) => !known.has(lettersOf(line)));
  return items.map((item) => ({ ...item, text: rest(item.text).join("\n") })).filter(({ text }) => text !== "");
}

/** Chooses within the items, and trains on all of them; the model is as it ships, its weights in 8 bits. */
async function learnFilms(items: readonly Learned[]): ReturnType<Learn> {
  const { settings, score } = await choose(items);
  const model = await trainFilms(items, settings, { calibration: "platt", calibrationFolds: 2 });
  const by = "accuracy on every third fold within the training data, learned from the rest of it";
  return { model: decodeModel(encodeModel(model, encode)), chosen: { settings: { ...settings }, among, by, score } };
}

/** The first of the best candidates. */
async function choose(items: readonly Learned[]): Promise<{ readonly settings: Candidate; readonly score: number }> {
  const dev = items.filter(isDev);
  const rest = withoutLinesOf(
    dev,
    items.filter((item) => !isDev(item)),
  );
  let best = { settings: candidates[0] as Candidate, score: 0 };
  for (const settings of candidates) {
    await using model = openModel(await trainFilms(rest, settings));
    const { accuracy: score = 0 } = await scoreModel(model, dev);
    if (score > best.score) best = { settings, score };
  }
  return best;
}

function isDev({ fold }: Learned): boolean {
  return fold !== undefined && fold % 3 === 1;
}

function trainFilms(items: readonly Learned[], { documentWeight, interpolation }: Candidate, calibration = {}) {
  const weighed = items.map((item) => (item.fold === undefined ? { ...item, weight: documentWeight } : item));
  return trainModel("nbsvm", weighed, {
    id,
    task: "sentiment-analysis",
    languages: ["en"],
    trainedOn: dataSets,
    settings: { ...common, ...calibration, interpolation },
  });
}
