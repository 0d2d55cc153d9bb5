import type { GenerateOptions, TextGenerator } from "@bifocal/contracts";
import { bootstrap, type Counts, pairedBootstrap, rouge, type SummarizedText } from "@bifocal/evaluation";
import type { Measurement } from "../recipe.js";

const rouges = [
  { name: "ROUGE-1", metric: rouge({ variant: 1 }) },
  { name: "ROUGE-2", metric: rouge({ variant: 2 }) },
  { name: "ROUGE-L", metric: rouge({ variant: "L" }) },
] as const;

/** What summarizes, by its name, and how it is asked. */
export interface Summarizer {
  readonly id: string;
  readonly model: TextGenerator;
  readonly options: GenerateOptions;
}

/** One that keeps sentences, asked for one. */
export function choosingOne(model: TextGenerator): Summarizer {
  return { id: model.card.id, model, options: { sentences: 1 } };
}

/** ROUGE by the best reference, and by how much it is above that of each of the others, with the paired interval. */
export async function measureSummaries(
  summarizer: Summarizer,
  others: readonly Summarizer[],
  test: readonly SummarizedText[],
  { on, trainedOn }: Pick<Measurement, "on" | "trainedOn">,
): Promise<readonly Measurement[]> {
  const about = { on, items: test.length, trainedOn };
  const written = await summariesBy(summarizer, test);
  const besides = await Promise.all(
    others.map(async (other) => ({ id: other.id, summaries: await summariesBy(other, test) })),
  );
  return rouges.flatMap(({ name, metric }) => {
    const countsOf = (summaries: readonly string[]): Counts[] =>
      summaries.map((summary, i) => metric.count(test[i]?.summaries ?? [], summary));
    const counts = countsOf(written);
    const figures = besides.map(({ id, summaries }): Measurement => {
      const own = countsOf(summaries);
      const { difference, low, high } = pairedBootstrap(metric, own, counts);
      const baseline = { model: id, value: bootstrap(metric, own).score };
      return { metric: `${name} above ${id}`, value: difference, interval: [low, high], baseline, ...about };
    });
    const { score, low, high } = bootstrap(metric, counts);
    const { signature } = metric;
    return [{ metric: name, signature, value: score, interval: [low, high], ...about }, ...figures];
  });
}

async function summariesBy({ model, options }: Summarizer, items: readonly SummarizedText[]): Promise<string[]> {
  const written = await model.generate(
    items.map(({ text }) => text),
    options,
  );
  return written.map(({ text }) => text);
}
