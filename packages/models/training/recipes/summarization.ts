import { join } from "node:path";
import { lead, lexRank, openModel, type SummarizedText, textRank, trainModel, winkSentences } from "@bifocal/classical";
import { type AnyModel, fingerprint, type TextGenerator } from "@bifocal/contracts";
import { readSummarizedTexts } from "@bifocal/corpus";
import { addCounts, type Counts, pairedBootstrap, rouge } from "@bifocal/evaluation";
import type { Built, Measurement, Recipe } from "../recipe.js";
import { chooseOn, type Grid } from "./choose-settings.js";

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

const rouges = [
  { name: "ROUGE-1", metric: rouge({ variant: 1 }) },
  { name: "ROUGE-2", metric: rouge({ variant: 2 }) },
  { name: "ROUGE-L", metric: rouge({ variant: "L" }) },
] as const;

const baselines = [() => lead(winkSentences), () => lexRank(winkSentences), () => textRank(winkSentences)];

const examples = [
  "Buses in the valley are often late. Timetables are made by hand, once a year. In this paper, we propose to plan them from a week of measured journeys. The method needs no new equipment. On three lines, waiting fell by a fifth.",
  "The lighthouse was built in 1871. Storms broke its windows twice, and each time the keepers repaired them within a day. Its lamp burned oil until 1932. Today the lighthouse is a museum of the storms and of the keepers, and the harbour pays for its lamp.",
];

async function build(dataFolder: string, lens: Lens): Promise<Built> {
  const [train, dev, test] = await Promise.all(["train", "dev", "test"].map((split) => read(dataFolder, split)));
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
    measured: await measure(openModel(model), test, trainedOn),
    chosen,
    about: `Summarizes English by sentences of the text: those that ${lens === "naive-bayes" ? "naive Bayes" : "logistic regression"} finds likeliest to be in a summary, by their place, length, likeness to the other sentences, numbers, words and phrases. It learned from abstracts of papers on machine learning and one-sentence summaries of them; the scorer of the other lens reads the same.`,
    limits: [
      "It learned from abstracts alone: phrases of papers such as “we propose” count for much, and on stories, news and letters little is left but place, length and likeness.",
      "It chooses sentences as they are: a pronoun may lose what it stands for, and two sentences that say the same may both be chosen.",
      "It knows no title: what is like the first sentence stands for what is like the title.",
      lens === "naive-bayes"
        ? "Cues that come together are counted as if each came by chance: probabilities are too near to 0 and 1, though their order is sound."
        : "A probability is that of abstracts: of a long text, with many sentences for each one in a summary, all are too high.",
    ],
    examples,
  };
}

async function read(dataFolder: string, split: string): Promise<SummarizedText[]> {
  const items: SummarizedText[] = [];
  for await (const { text, summaries } of readSummarizedTexts(join(dataFolder, dataSet, `${split}.jsonl`)))
    items.push({ text, summaries });
  return items;
}

function without(items: readonly SummarizedText[], held: readonly SummarizedText[]): SummarizedText[] {
  const known = new Set(held.map(({ text }) => fingerprint(text)));
  return items.filter(({ text }) => !known.has(fingerprint(text)));
}

/** ROUGE of one sentence, and by how much it is above each baseline, with the paired interval. */
async function measure(
  model: AnyModel,
  test: readonly SummarizedText[],
  trainedOn: string,
): Promise<readonly Measurement[]> {
  const written = await summariesBy(model as TextGenerator, test);
  const others = await Promise.all(
    baselines.map(async (open) => ({ id: open().card.id, summaries: await summariesBy(open(), test) })),
  );
  const about = { on: `${dataSet} test, one sentence, best reference`, items: test.length, trainedOn };
  return rouges.flatMap(({ name, metric }) => {
    const countsOf = (summaries: readonly string[]): Counts[] =>
      summaries.map((summary, i) => metric.count(test[i]?.summaries ?? [], summary));
    const counts = countsOf(written);
    const scored = others.map(({ id, summaries }) => ({ id, counts: countsOf(summaries) }));
    const scoreOf = (each: readonly Counts[]) => metric.score(totalOf(each)) ?? 0;
    const figures = scored.map(({ id, counts: own }): Measurement => {
      const { difference, low, high } = pairedBootstrap(metric, own, counts);
      const baseline = { model: id, value: scoreOf(own) };
      return { metric: `${name} above ${id}`, value: difference, interval: [low, high], baseline, ...about };
    });
    return [{ metric: name, value: scoreOf(counts), ...about }, ...figures];
  });
}

async function summariesBy(model: TextGenerator, items: readonly SummarizedText[]): Promise<string[]> {
  const written = await model.generate(
    items.map(({ text }) => text),
    { sentences: 1 },
  );
  return written.map(({ text }) => text);
}

function totalOf(counts: readonly Counts[]): Counts {
  const total: Record<string, number> = {};
  for (const each of counts) addCounts(total, each);
  return total;
}
