import {
  type ConditionalDensity,
  checkOptions,
  type Density,
  type GenerateOptions,
  type Generation,
  type Model,
  refuseOtherOptions,
  splitOptions,
  type TextGenerator,
  throwIfOver,
  type WrittenText,
} from "@bifocal/contracts";

/** What candidates are chosen by. */
export interface NoisyChannelOptions {
  /** Says how likely a translation is by itself: p(target), of any language model of the target's language. */
  readonly language: Model & Density;
  /** Says how likely the source is given a translation: p(source | target), of a translator the other way. */
  readonly channel?: Model & ConditionalDensity;
  /** How many candidates the translator writes, by as many beams (2 to 64). Default 4. */
  readonly candidates?: number;
  /** What each logarithm counts beside the translator's own. Default 1 for the channel, 0.3 for the language. */
  readonly weights?: { readonly channel?: number; readonly language?: number };
}

/**
 * A translator whose candidates are chosen anew by a noisy channel (Yee et al. 2019): of the best beams the one with the
 * largest ln p(target | source) + a · ln p(source | target) + b · ln p(target), each divided by the length of what it is of.
 * @param translator, and the other models, stay the caller's: closing the result leaves them open
 * @example noisyChannel(translator, { language: ngramModelOfFrench })
 */
export function noisyChannel(translator: TextGenerator, options: NoisyChannelOptions): TextGenerator {
  const { candidates = 4 } = options;
  const model: TextGenerator = {
    card: { ...translator.card, paradigm: "generative" },
    async generate(texts, given = {}) {
      throwIfOver(given);
      checkOptions("translation", given);
      refuseOtherOptions(translator.card.id, given, follows);
      const numBeams = Math.max(given.numBeams ?? 1, given.numReturnSequences ?? 1, candidates);
      const written = await translator.generate(texts, { ...given, numBeams, numReturnSequences: numBeams });
      const scored = await Promise.all(written.map((each, i) => rescore(each, texts[i] as string, options, given)));
      return scored.map((sequences, i) => chosen(written[i] as Generation, sequences, given.numReturnSequences));
    },
    async *stream(text, given) {
      const [generation] = await model.generate([text], given);
      if (generation !== undefined && generation.text !== "") yield { text: generation.text };
    },
    async [Symbol.asyncDispose]() {},
  };
  return model;
}

/** Candidates are beams: they are not drawn, and their text stands alone. */
const follows = [
  "overflow",
  "maxNewTokens",
  "minNewTokens",
  "numBeams",
  "lengthPenalty",
  "earlyStopping",
  "numReturnSequences",
  "repetitionPenalty",
  "noRepeatNgramSize",
  "outputScores",
  "sourceLanguage",
  "targetLanguage",
  "seed",
] as const satisfies (keyof GenerateOptions)[];

type Scored = WrittenText & { readonly score: number };

/** The candidates, best first. */
async function rescore(
  { sequences = [] }: Generation,
  source: string,
  { language, channel, weights = {} }: NoisyChannelOptions,
  given: GenerateOptions,
): Promise<Scored[]> {
  const { call } = splitOptions(given);
  const texts = sequences.map(({ text }) => text);
  const alone = await language.logProbability(texts, call);
  const back = await channel?.logProbabilityGiven(
    texts.map((text) => ({ given: text, text: source })),
    call,
  );
  const scored = sequences.map((each, i) => {
    const direct = (each.logProbability ?? 0) / Math.max(1, each.tokens);
    const byChannel = back === undefined ? 0 : (weights.channel ?? 1) * perToken(back[i]);
    return { ...each, score: direct + byChannel + (weights.language ?? 0.3) * perToken(alone[i]) };
  });
  return scored.sort((a, b) => b.score - a.score);
}

function perToken(
  { logProbability, tokens }: { logProbability: number; tokens: number } = { logProbability: 0, tokens: 1 },
) {
  return logProbability / Math.max(1, tokens);
}

/** As many as were asked for, the best of them first. */
function chosen(generation: Generation, [best, ...others]: readonly Scored[], wanted = 1): Generation {
  const { sequences: _, ...rest } = generation;
  if (best === undefined) return rest;
  const all = [best, ...others].slice(0, wanted);
  return { ...rest, ...best, ...(wanted > 1 && { sequences: all }) };
}
