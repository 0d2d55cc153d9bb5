import {
  BifocalError,
  type CallOptions,
  type Classification,
  type Classifier,
  type ConditionalDensity,
  type GivenText,
  type LogProbability,
  type Model,
  rankLabels,
  softmax,
  splitOptions,
  throwIfOver,
} from "@bifocal/contracts";

/** How likelihoods of texts become a choice of labels. */
export interface LikelihoodClassifierOptions {
  /** The labels, each with the text that says it to the model: `{ positive: "great", negative: "terrible" }`. */
  readonly labels: Readonly<Record<string, string>>;
  /**
   * `direct`: how likely the label's text is after the prompt, p(label | text) as the model writes; `channel`: how likely
   * the text is after the label's, p(text | label) (Min et al. 2022). Default `direct`.
   */
  readonly direction?: "direct" | "channel";
  /**
   * What stands around what is given, in place of `{}`: the text where it is direct, the label's text in a channel.
   * Default "{}\n".
   */
  readonly template?: string;
  /**
   * A text without content, of which each label's score is taken away, so that none is favoured before reading (Zhao et
   * al. 2021). Default none.
   */
  readonly contentFree?: string;
}

/**
 * A classifier from any model that says how likely a text is after another: a decoder, or an encoder-decoder. Labels are
 * as likely as each other before reading.
 * @param model stays the caller's: closing the classifier leaves it open
 * @throws {BifocalError} `invalid-input` for fewer than two labels, a label without a text, or a template without `{}`.
 * @example
 * const writer = await openModel("text-generation", "./my-decoder");
 * const classify = likelihoodClassifier(writer, {
 *   labels: { positive: " great", negative: " terrible" }, template: "{} It was", contentFree: "N/A",
 * });
 */
export function likelihoodClassifier(
  model: Model & ConditionalDensity,
  { labels: texts, direction = "direct", template = "{}\n", contentFree }: LikelihoodClassifierOptions,
): Classifier {
  const labels = Object.keys(texts);
  checkLabels(texts, template);
  const fill = (text: string): string => template.replace("{}", () => text);
  const pairsOf = (text: string): GivenText[] =>
    Object.values(texts).map((label) =>
      direction === "direct" ? { given: fill(text), text: label } : { given: fill(label), text },
    );
  let baseline: Promise<number[]> | undefined;

  async function measure(given: readonly string[], call?: CallOptions): Promise<LogProbability[][]> {
    const answers = await model.logProbabilityGiven(given.flatMap(pairsOf), call);
    return given.map((_, i) => answers.slice(i * labels.length, (i + 1) * labels.length));
  }

  async function scoresWithoutContent(): Promise<number[]> {
    if (contentFree === undefined) return labels.map(() => 0);
    baseline ??= measure([contentFree]).then(([scores = []]) => scores.map((each) => each.logProbability));
    try {
      return await baseline;
    } catch (error) {
      baseline = undefined;
      throw error;
    }
  }

  return {
    card: { ...model.card, task: "text-classification", paradigm: "generative" },
    labels,
    scoreKind: "probability",
    async classify(given, options = {}) {
      throwIfOver(options);
      const before = await scoresWithoutContent();
      const measured = await measure(given, splitOptions(options).call);
      return measured.map((answers): Classification => {
        const logs = answers.map(({ logProbability }, i) => logProbability - (before[i] as number));
        const tokens = answers.reduce((sum, each) => sum + each.tokens, 0);
        const usage = { tokens, windows: 1, truncated: false };
        return { ...rankLabels(labels, softmax(Float64Array.from(logs))), model: model.card.id, usage };
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}

function checkLabels(texts: Readonly<Record<string, string>>, template: string): void {
  const invalid = (message: string): BifocalError => new BifocalError("invalid-input", message);
  if (Object.keys(texts).length < 2) throw invalid("A classifier needs at least two labels.");
  const silent = Object.entries(texts).find(([, text]) => text === "");
  if (silent !== undefined) throw invalid(`The label "${silent[0]}" needs a text that says it to the model.`);
  if (!template.includes("{}")) throw invalid('The template needs "{}", where the text stands.');
}
