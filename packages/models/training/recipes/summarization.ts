import { join } from "node:path";
import { lead, lexRank, openModel, textRank, trainModel, winkSentences } from "@bifocal/classical";
import { fingerprint, type TextGenerator } from "@bifocal/contracts";
import type { SummarizedText } from "@bifocal/evaluation";
import type { Built, Recipe } from "../recipe.js";
import { abstractiveSummarizer } from "../trials/abstractive-summarizer.js";
import { readTried } from "../trials/trial.js";
import { chooseOn, type Grid } from "./choose-settings.js";
import { choosingOne, measureSummaries } from "./measure-summaries.js";
import { readSummaries } from "./read-summaries.js";
import { summaryExamples } from "./summary-examples.js";

const dataSet = "scitldr";

/** The two learners that look at the same features, one for each lens, and what is chosen for each. */
const grids = {
  "logistic-regression": { cues: [300, 1000, 3000], summarySentences: [1, 3], l2: [1e-3, 4e-3] },
  "naive-bayes": { cues: [300, 1000, 3000], summarySentences: [1, 3], smoothing: [0.5, 2] },
} as const satisfies Record<string, Grid>;

type Lens = keyof typeof grids;

/** The summarizers that keep the sentences which a trained scorer finds likeliest to be in a summary. */
export const summarizationRecipes: readonly Recipe[] = (["logistic-regression", "naive-bayes"] as const).map(
  (lens) => ({
    id: `sentence-scorer-${lens}-en`,
    dataSets: [dataSet],
    build: (dataFolder) => build(dataFolder, lens),
  }),
);

const baselines = [lead(winkSentences), lexRank(winkSentences), textRank(winkSentences)];

async function build(dataFolder: string, lens: Lens): Promise<Built> {
  const [train, dev, test] = await Promise.all(
    ["train", "dev", "test"].map((split) => readSummaries(join(dataFolder, dataSet, `${split}.jsonl`))),
  );
  if (train === undefined || dev === undefined || test === undefined) throw new Error("A split is missing.");
  const unseen = without(without(train, test), dev);
  const learner = `sentence-scorer-${lens}`;
  const by = "ROUGE-1 (unstemmed, best reference) of one sentence on the dev split of scitldr";
  const chosen = await chooseOn(learner, unseen, { grid: grids[lens], dev, by });
  const options = { id: `${learner}-en`, languages: ["en"], trainedOn: [dataSet], settings: chosen.settings };
  const model = await trainModel(learner, unseen, { ...options, dev });
  const trainedOn = `train split of scitldr: ${unseen.length} abstracts, without ${train.length - unseen.length} that stand in dev or test, too`;
  return {
    model,
    measured: await measure(openModel(model) as TextGenerator, test, trainedOn),
    chosen,
    tried: readTried(abstractiveSummarizer.id),
    about: `Summarizes English by sentences of the text: those that ${lens === "naive-bayes" ? "naive Bayes" : "logistic regression"} finds likeliest to be in a summary, by their place, length, likeness to the other sentences, numbers, words and phrases. It learned from abstracts of papers on machine learning and one-sentence summaries of them; the scorer of the other lens reads the same.`,
    limits: [
      "It learned from abstracts alone: phrases of papers such as “we propose” count for much, and on stories, news and letters little is left but place, length and likeness.",
      "It chooses sentences as they are: a pronoun may lose what it stands for, and two sentences that say the same may both be chosen.",
      "It knows no title: what is like the first sentence stands for what is like the title.",
      lens === "naive-bayes"
        ? "Cues that come together are counted as if each came by chance: probabilities are too near to 0 and 1, though their order is sound."
        : "A probability is that of abstracts: of a long text, with many sentences for each one in a summary, all are too high.",
    ],
    examples: summaryExamples,
  };
}

function without(items: readonly SummarizedText[], held: readonly SummarizedText[]): SummarizedText[] {
  const known = new Set(held.map(({ text }) => fingerprint(text)));
  return items.filter(({ text }) => !known.has(fingerprint(text)));
}

function measure(model: TextGenerator, test: readonly SummarizedText[], trainedOn: string) {
  const on = `${dataSet} test, one sentence, best reference`;
  return measureSummaries(choosingOne(model), baselines.map(choosingOne), test, { on, trainedOn });
}
