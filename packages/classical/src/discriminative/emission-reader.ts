import { type NumberedTemplate, noFeature, numberedTemplates, templateHasher } from "../features/token-features.js";
import { margin, sentenceReader } from "../features/token-features-attributes.js";
import { openKnowledge, type TokenKnowledge } from "../features/token-knowledge.js";
import { offsetsOf } from "./crf-params.js";

/** What emissions are sums of: of each known feature its weights, and the tag of each. */
export interface FeatureWeights {
  readonly features: Uint32Array;
  readonly pairCounts: Uint8Array;
  readonly pairTags: Uint8Array;
  readonly weights: ArrayLike<number>;
}

/** What emissions are read by. */
export interface EmissionParams extends FeatureWeights {
  readonly tags: readonly string[];
  readonly templates: readonly string[];
}

/** So much is kept of words that were read, at most. */
const mostNumbers = 2 ** 22;
const mostWords = 50_000;
/** Memory is taken for so many words at a time. */
const wordsAtOnce = 64;

/**
 * Sums the weights of the features of tokens: tokens × tags. What a token alone tells of its own tag and of its neighbours'
 * is summed up when it is first read, and kept; only features of several tokens together are looked up each time. The sums
 * are valid until the next tokens are read.
 */
export function emissionReader(
  params: EmissionParams,
  known: TokenKnowledge,
): (tokens: readonly string[]) => Float64Array {
  const tags = params.tags.length;
  const knowledge = openKnowledge(known);
  const addWeights = weightAdder(params);
  const { alone, together } = partedTemplates(params.templates);
  const { tell, first, rows } = wordTeller(alone, tags, addWeights);
  const most = Math.min(mostWords, Math.floor(mostNumbers / (rows * tags)));
  const readSentence = sentenceReader(knowledge, tell, most);
  const hashTogether = templateHasher(together, knowledge.markNames);
  let hashes = new Uint32Array(0);
  let sums = new Float64Array(0);
  return (tokens) => {
    if (sums.length < tokens.length * tags) {
      sums = new Float64Array(tokens.length * tags);
      hashes = new Uint32Array(tokens.length * together.length);
    }
    const emissions = sums.subarray(0, tokens.length * tags).fill(0);
    const words = readSentence(tokens);
    hashTogether(words, margin, hashes.subarray(0, tokens.length * together.length));
    for (let i = 0, to = 0; to < emissions.length; to += tags)
      for (const end = i + together.length; i < end; i++) addWeights(hashes[i], emissions, to);
    for (let i = 0, start = (first - margin) * tags; i < words.length; i++, start += tags) {
      const { told } = words[i];
      const end = Math.min(told.length, emissions.length - start);
      for (let k = Math.max(0, -start); k < end; k++) emissions[start + k] += told[k];
    }
    return emissions;
  };
}

/** Templates of one token's attributes alone, wherever it stands, and templates of several tokens together. */
function partedTemplates(templates: readonly string[]): Record<"alone" | "together", NumberedTemplate[]> {
  const all = numberedTemplates(templates);
  const isAlone = ({ parts }: NumberedTemplate): boolean =>
    parts.every(({ offset, attribute }) => offset === parts[0].offset && attribute !== "names");
  return { alone: all.filter(isAlone), together: all.filter((each) => !isAlone(each)) };
}

/** What a word by its attributes tells of the tags of the tokens around it. */
interface WordTeller {
  /** The sums of weights: rows × tags, the first row of the token so many on (0 or less), the others of those after that. */
  readonly tell: (row: Uint32Array) => Float64Array;
  readonly first: number;
  readonly rows: number;
}

function wordTeller(templates: readonly NumberedTemplate[], tags: number, addWeights: AddWeights): WordTeller {
  const offsets = templates.map(({ parts }) => parts[0].offset);
  const first = -Math.max(0, ...offsets);
  const rows = 1 - first - Math.min(0, ...offsets);
  const hash = templateHasher(
    templates.map(({ number, parts }) => ({ number, parts: parts.map((part) => ({ ...part, offset: 0 })) })),
  );
  const hashes = new Uint32Array(templates.length);
  let free = new Float64Array(0);
  return {
    first,
    rows,
    tell(row) {
      if (free.length === 0) free = new Float64Array(wordsAtOnce * rows * tags);
      const told = free.subarray(0, rows * tags);
      free = free.subarray(rows * tags);
      hash([{ row, told }], 0, hashes);
      for (const [i, hash] of hashes.entries()) addWeights(hash, told, (-offsets[i] - first) * tags);
      return told;
    },
  };
}

/** Adds the weights of a feature, given by its hash, to a row of numbers, one a tag. */
type AddWeights = (hash: number, into: Float64Array, at: number) => void;

/**
 * A hash table whose slots hold all that leads to a feature's weights, beside each other, as the weights are beside their
 * tags: a feature costs two looks into memory that is far away.
 */
function weightAdder({ features, pairCounts, pairTags, weights }: FeatureWeights): AddWeights {
  // At most four of seven are taken: in a wider table features are found sooner, but it takes a model longer to open.
  const mask = 2 ** Math.ceil(Math.log2(features.length * 1.75 + 2)) - 1;
  const slots = new Int32Array(4 * (mask + 1));
  const offsets = offsetsOf(pairCounts);
  for (let feature = 0; feature < features.length; feature++) {
    let slot = features[feature] & mask;
    while (slots[4 * slot] !== noFeature) slot = (slot + 1) & mask;
    slots[4 * slot] = features[feature];
    slots[4 * slot + 1] = 2 * offsets[feature];
    slots[4 * slot + 2] = 2 * offsets[feature + 1];
  }
  const pairs = new Float32Array(2 * pairTags.length);
  for (let pair = 0; pair < pairTags.length; pair++) {
    pairs[2 * pair] = pairTags[pair];
    pairs[2 * pair + 1] = weights[pair];
  }
  return (unsigned, into, start) => {
    const hash = unsigned | 0;
    if (hash === noFeature) return;
    let at = (hash & mask) << 2;
    while (slots[at] !== hash && slots[at] !== noFeature) at = (at + 4) & (slots.length - 1);
    for (let pair = slots[at + 1]; pair < slots[at + 2]; pair += 2) into[start + pairs[pair]] += pairs[pair + 1];
  };
}
