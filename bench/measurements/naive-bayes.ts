import { createRequire } from "node:module";
import { type Classifier, type LabelledText, openSavedModel, trainModel } from "bifocal";
import { readItems } from "../items.js";
import { type Measurement, median, type Reading } from "../measurement.js";

/** What of natural's classifier is used here. */
interface NaturalClassifier {
  addDocument(text: string, label: string): void;
  train(): void;
  classify(text: string): string;
}

// The package's main entry reads files and prints lines that have nothing to do with naive Bayes.
const { BayesClassifier } = createRequire(new URL("../../packages/classical/package.json", import.meta.url))(
  "natural/lib/natural/classifiers/index.js",
) as { BayesClassifier: new () => NaturalClassifier };

const trained = 2000;
const asked = 2000;
const repeats = 5;

/** From raw texts to a trained model, and from raw texts to labels: words and pairs of words here, natural's stems there. */
export const naiveBayes: Measurement = {
  name: "naive Bayes from raw texts",
  async measure() {
    const { origin, items } = await readItems();
    console.log(`  on ${origin}`);
    const [train, test] = [spread(items, trained, 0), spread(items, asked, 1).map(({ text }) => text)];
    const ours = await measureOurs(train, test);
    const theirs = measureNatural(train, test);
    return [
      ...readings("natural's BayesClassifier", theirs),
      ...readings("naive-bayes", ours, { to: "natural", speed: theirs }),
    ];
  },
};

interface Speed {
  /** Texts a second. */
  readonly training: number;
  readonly classifying: number;
}

/** So many items from all over, since texts of a label may lie together. */
function spread(items: readonly LabelledText[], count: number, from: number): readonly LabelledText[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, i) => i % step === from % step).slice(0, count);
}

async function measureOurs(train: readonly LabelledText[], test: readonly string[]): Promise<Speed> {
  const [training, classifying]: [number[], number[]] = [[], []];
  for (let repeat = 0; repeat < repeats; repeat++) {
    let start = performance.now();
    const model = openSavedModel(await trainModel("naive-bayes", train, { id: "measured" })) as Classifier;
    training.push(perSecond(train.length, start));
    start = performance.now();
    await model.classify(test);
    classifying.push(perSecond(test.length, start));
  }
  return { training: median(training), classifying: median(classifying) };
}

/** Once: it takes half a minute. */
function measureNatural(train: readonly LabelledText[], test: readonly string[]): Speed {
  const classifier = new BayesClassifier();
  let start = performance.now();
  for (const { text, label } of train) classifier.addDocument(text, label);
  classifier.train();
  const training = perSecond(train.length, start);
  start = performance.now();
  for (const text of test) classifier.classify(text);
  return { training, classifying: perSecond(test.length, start) };
}

function perSecond(count: number, start: number): number {
  return count / ((performance.now() - start) / 1000);
}

function readings(name: string, speed: Speed, beside?: { to: string; speed: Speed }): Reading[] {
  return (["training", "classifying"] as const).map((what) => ({
    what: `${name}, ${what}`,
    value: speed[what],
    unit: "texts/s",
    ...(beside && { ratios: [{ to: beside.to, value: speed[what] / beside.speed[what] }] }),
  }));
}
