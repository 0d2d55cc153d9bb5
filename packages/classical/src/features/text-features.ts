/** What may stand in a column of a row: 1, how often the text has the term, or 1 + ln of that. */
export const termValues = ["presence", "count", "logarithm"] as const;

export type TermValues = (typeof termValues)[number];

/** How a text becomes a row: plain JSON in the params of every classifier over texts. */
export interface TextFeatures {
  /** Name of what parts texts into tokens. */
  readonly tokenizer: string;
  /** Longest run of tokens that is a term: 1 for words alone, 2 for pairs too, 0 for none; at most 5. */
  readonly ngrams: number;
  /**
   * Shortest and longest run of characters that is a term, within a token, its bounds marked by a space on each side
   * (scikit-learn's `char_wb`): of "to", " t", "to" and "o " are the runs of 2. A token shorter than the shortest is a run,
   * whole. None where absent.
   */
  readonly characterNgrams?: readonly [number, number];
  readonly values: TermValues;
  /** Whether `columnWeights` hold ln(texts / texts that have the term) + 1. */
  readonly inverseDocumentFrequency: boolean;
  /** Divide each row by its length, so that long texts do not outweigh short ones. */
  readonly scaleRows: boolean;
  /** Leave out e-mail addresses, URLs and whatever holds a digit, so that a vocabulary names nobody. */
  readonly withoutAddresses: boolean;
  /** 0: terms have columns of their own in a vocabulary. Else their hashes choose one of 2^`hashBits`; at most 24. */
  readonly hashBits: number;
}

/** How terms are chosen from the texts of a training. */
export interface TextLearning extends TextFeatures {
  /** Terms in fewer texts are left out. */
  readonly minimumDocuments: number;
  /** Only the so many terms in the most texts are kept. */
  readonly maximumFeatures: number;
}
