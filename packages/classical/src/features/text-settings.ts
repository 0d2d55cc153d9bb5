import { BifocalError } from "@bifocal/contracts";
import type { Settings } from "../learner.js";
import { type TermValues, type TextLearning, termValues } from "./text-features.js";
import { tokenizers } from "./tokenizers/tokenizers.js";

/** The settings of every learner that reads texts as features. */
export const textSettings = {
  tokenizer: { type: "string", choices: Object.keys(tokenizers), default: "word", about: "what parts texts" },
  ngrams: { type: "integer", min: 0, max: 5, default: 2, about: "longest run of words that is a feature; 0: none" },
  longestCharacters: {
    type: "integer",
    min: 0,
    max: 8,
    default: 0,
    about: "longest run of characters within a word that is a feature; 0: none",
  },
  shortestCharacters: { type: "integer", min: 1, max: 8, default: 3, about: "shortest run of characters" },
  minimumDocuments: { type: "integer", min: 1, max: 1_000_000, default: 1, about: "leave out terms in fewer texts" },
  maximumFeatures: {
    type: "integer",
    min: 1,
    max: 10_000_000,
    default: 2_000_000,
    about: "keep the terms in the most texts",
  },
  hashBits: {
    type: "integer",
    min: 0,
    max: 24,
    default: 0,
    about: "hash terms into 2^hashBits columns, without a vocabulary; 0: no",
  },
  values: {
    type: "string",
    choices: termValues,
    default: "presence",
    about: "what a term counts: 1, its count, or 1 + ln count",
  },
  inverseDocumentFrequency: { type: "boolean", default: false, about: "weigh rare terms more than common ones" },
  scaleRows: { type: "boolean", default: false, about: "divide each text's features by their length" },
  withoutAddresses: { type: "boolean", default: false, about: "leave out e-mail addresses, URLs and numbers" },
} as const;

const defaults = Object.fromEntries(Object.entries(textSettings).map(([name, setting]) => [name, setting.default]));

/**
 * The settings as `learnRows` takes them; they were checked against `textSettings`, of which a learner may leave out some.
 * @throws {BifocalError} `invalid-input` where they do not go together.
 */
export function textLearning(given: Settings): TextLearning {
  const settings: Settings = { ...defaults, ...given };
  const learning: TextLearning = {
    tokenizer: settings.tokenizer as string,
    ngrams: settings.ngrams as number,
    ...characterNgrams(settings),
    values: settings.values as TermValues,
    inverseDocumentFrequency: settings.inverseDocumentFrequency as boolean,
    scaleRows: settings.scaleRows as boolean,
    withoutAddresses: settings.withoutAddresses as boolean,
    hashBits: settings.hashBits as number,
    minimumDocuments: settings.minimumDocuments as number,
    maximumFeatures: settings.maximumFeatures as number,
  };
  if (learning.ngrams === 0 && learning.characterNgrams === undefined)
    throw new BifocalError("invalid-input", "Nothing would be a feature: set ngrams or longestCharacters above 0.");
  if (learning.hashBits > 0 && learning.minimumDocuments > 1)
    throw new BifocalError(
      "invalid-input",
      "Hashed terms are not counted: leave minimumDocuments at 1, or hashBits at 0.",
    );
  if (learning.hashBits > 0 && learning.maximumFeatures !== textSettings.maximumFeatures.default)
    throw new BifocalError(
      "invalid-input",
      "Hashed terms have 2^hashBits columns: set hashBits for fewer, or leave it at 0 for maximumFeatures.",
    );
  return learning;
}

function characterNgrams({ shortestCharacters, longestCharacters }: Settings): Pick<TextLearning, "characterNgrams"> {
  const [shortest, longest] = [shortestCharacters as number, longestCharacters as number];
  if (longest === 0) return {};
  if (shortest <= longest) return { characterNgrams: [shortest, longest] };
  throw new BifocalError("invalid-input", "shortestCharacters must not be above longestCharacters.");
}
