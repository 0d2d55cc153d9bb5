/** What stands in a column of a row: 1, how often the text has the term, or 1 + ln of that. */
export type TermValues = "presence" | "count" | "logarithm";

/** How a text becomes a row: plain JSON in the params of every classifier over texts. */
export interface TextFeatures {
  /** Name of what parts texts into tokens. */
  readonly tokenizer: string;
  /** Longest run of tokens that is a term: 1 for words alone, 2 for pairs too, 0 for none. */
  readonly ngrams: number;
  readonly values: TermValues;
  /** Whether `columnWeights` hold ln(texts / texts that have the term) + 1. */
  readonly inverseDocumentFrequency: boolean;
  /** Divide each row by its length, so that long texts do not outweigh short ones. */
  readonly scaleRows: boolean;
  /** Leave out e-mail addresses, URLs and whatever holds a digit, so that a vocabulary names nobody. */
  readonly withoutAddresses: boolean;
}

/** How terms are chosen from the texts of a training. */
export interface TextLearning extends TextFeatures {
  /** Terms in fewer texts are left out. */
  readonly minimumDocuments: number;
  /** Only the so many terms in the most texts are kept. */
  readonly maximumFeatures: number;
}
