import { readFileSync } from "node:fs";
import { type GenerateOptions, seededRandom, type TextGenerator } from "@bifocal/contracts";
import { bleu, bootstrap, type Counts, chrf, type Metric } from "@bifocal/evaluation";
import type { Measurement } from "../recipe.js";
import { openNetwork } from "./trained-network.js";

const sampleSize = 1000;
const metrics = [
  { name: "BLEU", metric: bleu() },
  { name: "chrF", metric: chrf() },
] as const;

/** A direction, with the pairs in it: the text, and what a person wrote for it. */
interface Direction {
  readonly name: string;
  readonly languages: Pick<GenerateOptions, "sourceLanguage" | "targetLanguage">;
  readonly texts: readonly string[];
  readonly references: readonly string[];
  /** Sentences of our own to show. */
  readonly examples: readonly string[];
}

const searches = [
  { name: "beam 4", options: { numBeams: 4 } },
  { name: "greedy", options: { numBeams: 1 } },
] as const;

/** BLEU and chrF both ways, of the weights in 8 bits beside those in 32, and answers to show. */
export async function measureTranslation(folder: string, testFile: string, trainedOn: string) {
  const found = await Promise.all(directionsOf(testFile).map((each) => measureDirection(folder, each, trainedOn)));
  return { measured: found.flatMap(({ measured }) => measured), answers: found.flatMap(({ answers }) => answers) };
}

async function measureDirection(folder: string, direction: Direction, trainedOn: string) {
  await using small = await openNetwork("translation", folder, "q8");
  await using whole = await openNetwork("translation", folder, "fp32");
  const measured: Measurement[] = [];
  const answers: (readonly [string, string])[] = [];
  for (const { name, options } of searches) {
    const [written, inFull] = await Promise.all([small, whole].map((model) => ask(model, direction, options)));
    if (written === undefined || inFull === undefined) continue;
    const on = `tatoeba-en-fr test, ${direction.name}, ${name}, one reference, ${sampleSize} pairs drawn by seed 1`;
    measured.push(...figuresOf(direction.references, written, inFull, { on, trainedOn }));
    if (options.numBeams > 1) answers.push(...(await answersOf(small, direction, written)));
  }
  return { measured, answers };
}

function directionsOf(testFile: string): Direction[] {
  const lines = readFileSync(testFile, "utf8").trim().split("\n");
  const pairs = drawn(lines.map((line) => line.split("\t")));
  const [english, french] = [0, 1].map((side) => pairs.map((pair) => pair[side] ?? ""));
  if (english === undefined || french === undefined) return [];
  return [
    {
      name: "English to French",
      languages: { sourceLanguage: "en", targetLanguage: "fr" },
      texts: english,
      references: french,
      examples: ["Where is the nearest railway station?", "I am tired.", "The doctor examined her patient's knee."],
    },
    {
      name: "French to English",
      languages: { sourceLanguage: "fr", targetLanguage: "en" },
      texts: french,
      references: english,
      examples: [
        "Où est la gare la plus proche ?",
        "Il a oublié son parapluie dans le train.",
        "La Commission a adopté un règlement relatif aux denrées alimentaires.",
      ],
    },
  ];
}

/** So many items without replacement, by seed 1. */
function drawn<T>(items: readonly T[]): T[] {
  const random = seededRandom(1);
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed
    .sort((a, b) => a.key - b.key)
    .slice(0, sampleSize)
    .map(({ item }) => item);
}

async function ask(model: TextGenerator, { texts, languages }: Direction, options: GenerateOptions): Promise<string[]> {
  const written = await model.generate(texts, { ...languages, ...options });
  return written.map(({ text }) => text);
}

function figuresOf(
  references: readonly string[],
  written: readonly string[],
  inFull: readonly string[],
  about: Pick<Measurement, "on" | "trainedOn">,
): Measurement[] {
  return metrics.map(({ name, metric }) => {
    const { score, low, high } = bootstrap(metric, countsOf(metric, references, written));
    const baseline = { model: "in 32 bits:", value: bootstrap(metric, countsOf(metric, references, inFull)).score };
    const { signature } = metric;
    return { metric: name, signature, value: score, interval: [low, high], baseline, items: written.length, ...about };
  });
}

function countsOf(
  { count }: Metric<readonly string[], string>,
  references: readonly string[],
  written: readonly string[],
): Counts[] {
  return written.map((text, i) => count([references[i] ?? ""], text));
}

const shares = [0.9, 0.5, 0.1] as const;

/** Sentences of our own, and of the sample those that stand nine tenths, half and one tenth of the way up by chrF. */
async function answersOf(model: TextGenerator, direction: Direction, written: readonly string[]) {
  const { texts, references, examples } = direction;
  const own = await ask(model, { ...direction, texts: examples }, { numBeams: 4 });
  const { count, score } = chrf();
  const ranked = written
    .map((text, i) => ({ i, text, score: score(count([references[i] ?? ""], text)) ?? 0 }))
    .sort((a, b) => a.score - b.score);
  const chosen = shares.flatMap((share) => ranked[Math.floor(share * ranked.length)] ?? []);
  return [
    ...examples.map((text, i) => [text, own[i] ?? ""] as const),
    ...chosen.map(
      ({ i, text, score: chrfOf }) =>
        [texts[i] ?? "", `${text} (a person wrote: ${references[i]}; chrF ${chrfOf.toFixed(2)})`] as const,
    ),
  ];
}
