import { join } from "node:path";
import {
  type EncodeOptions,
  encodeModel,
  openModelFile,
  type SavedModel,
  type TaggedSentence,
  trainModel,
} from "@bifocal/classical";
import { fingerprint } from "@bifocal/contracts";
import { readTaggedSentences } from "@bifocal/corpus";
import { evaluateTagger } from "@bifocal/evaluation";
import type { Built, Measurement, Recipe } from "../recipe.js";
import { type Chosen, chooseOn, type Grid } from "./choose-settings.js";

/** Cities, countries, regions and given names, one file of which `make-names.mjs` beside it says how it was made. */
const names = "packages/models/training/names/names.tsv";
const nameLists = ["geonames", "countries-list", "moby-words"];

/** The models that mark persons, places and organisations. */
export const entitiesRecipes: readonly Recipe[] = [
  {
    id: "crf-entities-en",
    dataSets: ["broad-twitter-corpus", "wnut17"],
    looksUp: nameLists,
    build: (dataFolder) =>
      build(dataFolder, {
        ...ofKinds,
        id: "crf-entities-en",
        dataSets: ["broad-twitter-corpus", "wnut17"],
        about:
          "Marks persons (PER), places (LOC) and organisations (ORG) in English, learned from posts on Twitter and other social media only.",
        limits: [
          "It learned from social media alone: on edited prose it misses about half; crf-entities-en-ewt misses fewer.",
        ],
      }),
  },
  {
    id: "crf-entities-en-ewt",
    dataSets: ["broad-twitter-corpus", "wnut17", "uner-en-ewt"],
    looksUp: nameLists,
    build: (dataFolder) =>
      build(dataFolder, {
        ...ofKinds,
        id: "crf-entities-en-ewt",
        dataSets: ["broad-twitter-corpus", "wnut17", "uner-en-ewt"],
        about:
          "Marks persons (PER), places (LOC) and organisations (ORG) in English, learned from social media and from weblogs, e-mails, reviews and answers on the web. Its licence is share-alike.",
        limits: ["Part of its training data is a draft of the published annotations."],
      }),
  },
  {
    id: "hmm-entities-en-ewt",
    dataSets: ["broad-twitter-corpus", "wnut17", "uner-en-ewt"],
    build: (dataFolder) =>
      build(dataFolder, {
        id: "hmm-entities-en-ewt",
        dataSets: ["broad-twitter-corpus", "wnut17", "uner-en-ewt"],
        choose: chooseHmm,
        about:
          "Marks persons (PER), places (LOC) and organisations (ORG) in English by a model of how sentences and their tags come about, learned from social media and from weblogs, e-mails, reviews and answers on the web: the other lens beside crf-entities-en-ewt, which finds more. Its licence is share-alike.",
        limits: [
          "A name that it has not seen is told by its ending, its capitals and the two tags before it alone: it knows no lists of names, and not what words stand around.",
          "Part of its training data is a draft of the published annotations.",
        ],
      }),
  },
];

const trainFiles: Readonly<Record<string, string>> = {
  "broad-twitter-corpus": "broad-twitter-corpus/train.conll",
  wnut17: "wnut17/train.conll",
  "uner-en-ewt": "uner-en-ewt/train-draft.conll",
};

/** What is compared on dev sentences; of equals the first. */
const candidates = [
  { model: "CRF by the averaged perceptron, lists of names", learner: "crf", settings: { names } },
  { model: "CRF by the averaged perceptron", learner: "crf", settings: { minimumCount: 2 } },
  { model: "CRF by L-BFGS, lists of names", learner: "crf", settings: { names, algorithm: "lbfgs", l2: 1e-5 } },
  { model: "MEMM, lists of names", learner: "memm", settings: { names, l2: 1e-5 } },
  {
    model: "HMM",
    learner: "hmm",
    settings: { rareCount: 20, longestSuffix: 8, suffixSmoothing: 60, guessWeight: 1, capitals: false },
  },
] as const;

/** What is tried of a hidden Markov model. */
const hmmGrid = {
  suffixSmoothing: [20, 60],
  guessWeight: [0.5, 1],
  capitals: [true, false],
} as const satisfies Grid;
const hmmSettings = { rareCount: 20, longestSuffix: 8 };

/** Of sentences that end with a mark every so many-th is learned without it too, for people who type leave it out. */
const bareEvery = 3;

const testFiles = ["broad-twitter-corpus/test.conll", "wnut17/test.conll", "uner-en-ewt/test.conll"];

/** The types of wnut17 as PER, LOC and ORG; products and creative works become O, for the other sets leave them out. */
const types: Readonly<Record<string, string>> = {
  PER: "PER",
  LOC: "LOC",
  ORG: "ORG",
  person: "PER",
  location: "LOC",
  corporation: "ORG",
  group: "ORG",
};

const limits = [
  "It knows three types of entities, and English only.",
  "It reads each sentence alone.",
  "It marks no products, works and events; sports teams, bands and other groups are organisations, in wnut17 too.",
  "New and rare names, such as those of wnut17, it often misses or mistakes.",
  "Where a text has no capitals it finds little.",
];

const perceptronLimits = [
  "A name is told by its form, its neighbours and lists of cities, countries, regions and given names.",
  "Scores come from a perceptron through one temperature: on texts unlike its training data they are too high.",
];

const examples = [
  "Ada Lovelace met Charles Babbage in London on 5 June 1833.",
  "Microsoft opened an office in Nairobi, said Satya Nadella.",
  "just landed in new york, who's around?",
];

interface Plan {
  readonly id: string;
  readonly dataSets: readonly string[];
  readonly choose: (
    items: readonly TaggedSentence[],
    dev: readonly TaggedSentence[],
    by: string,
  ) => Promise<{ chosen: Chosen; learner: string; settings: Readonly<Record<string, unknown>> }>;
  readonly encode?: EncodeOptions;
  readonly about: string;
  readonly limits: readonly string[];
}

/** The best of several kinds of models, in 8 bits a weight. */
const ofKinds = { choose: chooseKind, encode: { quantize: { weights: 1 } } } as const;

async function build(dataFolder: string, plan: Plan): Promise<Built> {
  const read = (files: readonly string[]) => readAll(files.map((file) => join(dataFolder, file)));
  const tests = new Map<string, TaggedSentence[]>();
  for (const file of testFiles) tests.set(file, await read([file]));
  const all = await read(plan.dataSets.map((name) => trainFiles[name] ?? name));
  const held = [...tests.values()].flat();
  const dev = await read(plan.dataSets.map((name) => `${name}/dev.conll`));
  const own = withoutTexts(all, held);
  const learned = withoutTexts(withBareEnds(own), dev);
  const by = `F1 on the dev splits of ${plan.dataSets.join(", ")}`;
  const { chosen, learner, settings } = await plan.choose(learned, dev, by);
  const items = withoutTexts(withBareEnds(own), held);
  const model = await trainModel(learner, items, {
    id: plan.id,
    languages: ["en"],
    trainedOn: plan.dataSets,
    settings,
  });
  const { encode = {} } = plan;
  const trainedOn = `train splits of ${plan.dataSets.join(", ")}: ${own.length} sentences, without the ${all.length - own.length} that stand in a test split, too, and ${items.length - own.length} of them once more without their end`;
  return {
    model,
    encode,
    measured: await measure(model, encode, tests, trainedOn),
    chosen,
    about: plan.about,
    limits: [...plan.limits, ...limits, ...(learner === "crf" ? perceptronLimits : [])],
    examples,
  };
}

/** Chooses on dev sentences the kind of model and how it is trained. */
async function chooseKind(items: readonly TaggedSentence[], dev: readonly TaggedSentence[], by: string) {
  let best = { candidate: candidates[0] as (typeof candidates)[number], score: 0 };
  for (const candidate of candidates) {
    const grid = Object.fromEntries(Object.entries(candidate.settings).map(([name, value]) => [name, [value]]));
    const { score } = await chooseOn(candidate.learner, items, { grid, dev, by });
    console.log(`  ${candidate.model}: ${score.toFixed(4)}`);
    if (score > best.score) best = { candidate, score };
  }
  const { model, learner, settings } = best.candidate;
  const among = { model: candidates.map((each) => each.model) };
  const chosen: Chosen = { settings: { model }, among, by, score: best.score };
  return { chosen, learner, settings };
}

/** Chooses on dev sentences how a hidden Markov model is trained. */
async function chooseHmm(items: readonly TaggedSentence[], dev: readonly TaggedSentence[], by: string) {
  const chosen = await chooseOn("hmm", items, { grid: hmmGrid, settings: hmmSettings, dev, by });
  return { chosen, learner: "hmm", settings: { ...hmmSettings, ...chosen.settings } };
}

/** The sentences, and a copy of every so many-th that ends with a full stop or the like without its end. */
function withBareEnds(sentences: readonly TaggedSentence[]): readonly TaggedSentence[] {
  const ended = sentences.filter(({ tokens }) => tokens.length > 1 && /^[.!?…]+$/u.test(tokens.at(-1) ?? ""));
  const bare = ended
    .filter((_, i) => i % bareEvery === 0)
    .map(({ tokens, tags }) => ({ tokens: tokens.slice(0, -1), tags: tags.slice(0, -1) }));
  return [...sentences, ...bare];
}

async function readAll(files: readonly string[]): Promise<TaggedSentence[]> {
  return (await Promise.all(files.map(readSentences))).flat();
}

async function readSentences(file: string): Promise<TaggedSentence[]> {
  const sentences: TaggedSentence[] = [];
  for await (const { tokens, tags } of readTaggedSentences(file)) sentences.push({ tokens, tags: tags.map(mapTag) });
  return sentences;
}

function mapTag(tag: string): string {
  const type = types[tag.slice(2)];
  return type === undefined ? "O" : `${tag.slice(0, 2)}${type}`;
}

function withoutTexts(sentences: readonly TaggedSentence[], others: readonly TaggedSentence[]): TaggedSentence[] {
  const textOf = ({ tokens }: TaggedSentence): number => fingerprint(tokens.join(" "));
  const known = new Set(others.map(textOf));
  return sentences.filter((sentence) => !known.has(textOf(sentence)));
}

/** The figures of the model as it ships, in 8 bits a weight. */
async function measure(
  saved: SavedModel,
  encode: EncodeOptions,
  tests: ReadonlyMap<string, readonly TaggedSentence[]>,
  trainedOn: string,
): Promise<Measurement[]> {
  const model = openModelFile(encodeModel(saved, encode));
  if (!("tag" in model)) throw new Error(`${saved.card.id} marks no entities`);
  const measured: Measurement[] = [];
  for (const [on, sentences] of tests) {
    const { scores, seen } = await evaluateTagger(model, sentences);
    if (seen !== 0) throw new Error(`${saved.card.id} was trained on ${seen} sentences of ${on}`);
    for (const metric of ["precision", "recall", "f1"] as const) {
      const value = scores[metric] ?? Number.NaN;
      measured.push({
        metric: `exact-match ${metric === "f1" ? "F1" : metric}`,
        value,
        on,
        items: sentences.length,
        trainedOn,
      });
    }
  }
  return measured;
}
