import { type LabelledText, openModel, trainModel } from "@bifocal/classical";
import type { Classifier } from "@bifocal/contracts";
import { type Counts, classifierMetrics } from "@bifocal/evaluation";
import { chooseWithin, type Grid } from "./choose-settings.js";
import { type FoldedText, readItems } from "./classification.js";
import { split } from "./classifier-pair.js";
import { type Answered, bestOf, figureBeside, verdict } from "./measure-beside.js";
import { openNetwork } from "./trained-network.js";

/** What stands beside the encoder: each learns from the same folds, its settings chosen within them. */
const learners: Readonly<Record<string, Grid>> = {
  "logistic-regression": { scaleRows: [false, true], l2: [1e-3, 3e-4, 1e-4] },
  "naive-bayes": { smoothing: [1, 0.3, 3] },
  nbsvm: { l2: [1e-3, 1e-4] },
};

const settings = { ngrams: 2, minimumDocuments: 2 };
const testFold = 0;
const defaults = ["encoder-sentiment-en", "logistic-regression-sentiment-en, which tells neutral, too"] as const;
const { accuracy, macroF1 } = classifierMetrics;

const examples = [
  "A warm, funny, wonderful film.",
  "The plot is dull and the acting is worse.",
  "Not bad at all.",
  "It is not without its charms, but two hours of it are too much.",
];

/** Accuracy on fold 0 of rt-polarity, beside its weights in 32 bits and what learns classically from the same folds. */
export async function measureSentiment(folder: string, dataFolder: string) {
  const { train, test } = await readFolds(dataFolder);
  await using small = await openNetwork("sentiment-analysis", folder, "q8");
  await using whole = await openNetwork("sentiment-analysis", folder, "fp32");
  const own = await answered("encoder-sentiment-en", small, test);
  const inFull = await answered("in 32 bits:", whole, test);
  const best = bestOf(accuracy, await classical(train, test));
  const about = {
    on: "rt-polarity, fold 0, two labels",
    trainedOn: "rt-polarity folds 1 to 8, chosen on fold 9; pretrained without any text of fold 0",
  };
  const measured = [
    figureBeside(accuracy, [own, inFull], { metric: "accuracy", ...about }),
    figureBeside(accuracy, [own, best], { metric: "accuracy", ...about }),
    figureBeside(macroF1, [own, best], { metric: "macro-F1", ...about }),
  ];
  const said = await small.classify(examples);
  const answers = said.map(({ label, score }, i) => [examples[i] ?? "", `${label} (${score.toFixed(2)})`] as const);
  return { measured, answers, verdict: verdict(accuracy, "accuracy", { answered: [own, best], defaults }) };
}

/** The test fold, and the texts of the others that do not stand in it. */
async function readFolds(dataFolder: string) {
  const items = await readItems<FoldedText>(dataFolder, "rt-polarity/all.jsonl");
  const test = items.filter(({ fold }) => fold === testFold);
  return split(
    items.filter(({ fold }) => fold !== testFold),
    test,
  );
}

async function classical(train: readonly LabelledText[], test: readonly LabelledText[]) {
  const all: Answered[] = [];
  for (const [learner, grid] of Object.entries(learners)) {
    const chosen = await chooseWithin(learner, train, { grid, settings, metric: "accuracy" });
    const options = { id: learner, task: "sentiment-analysis", settings: { ...settings, ...chosen.settings } } as const;
    await using model = openModel(await trainModel(learner, train, options)) as Classifier;
    all.push(await answered(`${learner} of folds 1 to 9`, model, test));
  }
  return all as [Answered, ...Answered[]];
}

async function answered(name: string, model: Classifier, items: readonly LabelledText[]): Promise<Answered> {
  const results = await model.classify(items.map(({ text }) => text));
  const counts: Counts[] = results.map((result, i) => ({
    ...accuracy.count(items[i]?.label ?? "", result),
    ...macroF1.count(items[i]?.label ?? "", result),
  }));
  return { model: name, counts };
}
