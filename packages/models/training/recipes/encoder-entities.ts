import { join } from "node:path";
import { openModelFile, type TaggedSentence } from "@bifocal/classical";
import { spansOfTags, type Tagger } from "@bifocal/contracts";
import { readTaggedSentences } from "@bifocal/corpus";
import { taggerMetrics } from "@bifocal/evaluation";
import { readWeights } from "../../src/index.js";
import { type Answered, figureBeside, verdict } from "./measure-beside.js";
import { openNetwork } from "./trained-network.js";

const rival = "crf-entities-en-ewt";
const defaults = ["encoder-entities-en", "what crf-entities-en-ewt marks"] as const;
const testFile = "uner-en-ewt/test.conll";
const { precision, recall, f1 } = taggerMetrics;
const metrics = { F1: f1, precision, recall } as const;

const examples = [
  "Ada Lovelace met Charles Babbage in London on 5 June 1833.",
  "Microsoft opened an office in Nairobi, said Satya Nadella.",
  "just landed in new york, who's around?",
];

/** Exact matches on uner-en-ewt test, beside its weights in 32 bits and the chain that ships. */
export async function measureEntities(folder: string, dataFolder: string) {
  const sentences: TaggedSentence[] = [];
  for await (const sentence of readTaggedSentences(join(dataFolder, testFile))) sentences.push(sentence);
  await using small = await openNetwork("ner", folder, "q8");
  await using whole = await openNetwork("ner", folder, "fp32");
  await using chain = openModelFile(await readWeights(rival)) as Tagger;
  const own = await answered("encoder-entities-en", small, sentences);
  const inFull = await answered("in 32 bits:", whole, sentences);
  const other = await answered(rival, chain, sentences);
  const about = {
    on: testFile,
    trainedOn: "uner-en-ewt train, without the sentences that stand in dev or test; pretrained without any of these",
  };
  const measured = [
    figureBeside(f1, [own, inFull], { metric: "exact-match F1", ...about }),
    ...Object.entries(metrics).map(([name, metric]) =>
      figureBeside(metric, [own, other], { metric: `exact-match ${name}`, ...about }),
    ),
  ];
  const said = await small.tag(examples);
  const answers = said.map(({ entities }, i) => {
    const marked = entities.map(({ text, label, score }) => `${text} ${label} (${score.toFixed(2)})`);
    return [examples[i] ?? "", marked.join(", ") || "nothing"] as const;
  });
  return { measured, answers, verdict: verdict(f1, "F1", { answered: [own, other], defaults }) };
}

async function answered(name: string, model: Tagger, sentences: readonly TaggedSentence[]): Promise<Answered> {
  const results = await model.tagTokens(sentences.map(({ tokens }) => tokens));
  const counts = results.map(({ tags }, i) => f1.count(marked(sentences[i]?.tags ?? []), marked(tags)));
  return { model: name, counts };
}

function marked(tags: readonly string[]) {
  return { tags, spans: spansOfTags(tags) };
}
