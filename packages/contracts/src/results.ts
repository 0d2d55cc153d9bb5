/** What was read of a text, in the model's own tokens. Nothing is ever cut without `truncated` saying so. */
export interface Usage {
  readonly tokens: number;
  /** Pieces that the text was read in; 1 unless it was longer than the model's context. */
  readonly windows: number;
  readonly truncated: boolean;
}

/** A label and how well it fits: a probability, or a margin. */
export interface LabelScore {
  readonly label: string;
  /** A probability from 0 to 1, or a margin, as the classifier's `scoreKind` says. */
  readonly score: number;
}

/** What a classifier says of one text. */
export interface Classification extends LabelScore {
  /** Every label of the model, best first. */
  readonly scores: readonly LabelScore[];
  /** Id of the model that answered. */
  readonly model: string;
  readonly usage: Usage;
}

/** A stretch of a text in UTF-16 units, end exclusive: `text === whole.slice(start, end)`. */
export interface Span {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A stretch of a text that a tagger marked. */
export interface Entity extends Span {
  readonly label: string;
  /** From 0 to 1; a rule's finds have 1. */
  readonly score: number;
  /** Set where several models marked one text: which of them found this. */
  readonly model?: string;
}

/** What a tagger says of one text. */
export interface Tagging {
  /** In order of `start`, never overlapping. */
  readonly entities: readonly Entity[];
  /** Where `nBest` asked for them: the likeliest readings, best first. */
  readonly nBest?: readonly TextReading[];
  readonly model: string;
  readonly usage: Usage;
}

/** One way of marking a text. */
export interface TextReading {
  readonly entities: readonly Entity[];
  /** Natural logarithm of the probability of all of its tags together, sentence by sentence. */
  readonly logProbability: number;
}

/** One way of tagging a sentence. */
export interface TokenReading {
  readonly tags: readonly string[];
  /** Natural logarithm of p(tags | tokens). */
  readonly logProbability: number;
}

/** One tag a token, and how sure the model is of each, from 0 to 1. */
export interface TokenTagging {
  readonly tags: readonly string[];
  readonly scores: readonly number[];
  /** Where `nBest` asked for them: the likeliest taggings, best first. */
  readonly nBest?: readonly TokenReading[];
  readonly model: string;
}

/** Why writing stopped: the model ended the text, a stop string or the limit of new tokens came first, or there was nothing to write. */
export type FinishReason = "end" | "stop" | "length" | "empty";

/** A stretch of a text with a score. */
export interface ScoredSpan extends Span {
  readonly score: number;
}

/** One text that was written. */
export interface WrittenText {
  /** What was written: without the prompt, unless `returnFullText` asked for it. */
  readonly text: string;
  readonly finishReason: FinishReason;
  /** How many tokens were written. */
  readonly tokens: number;
  /** Natural logarithm of the probability of what was written, where the model has one: its end included. */
  readonly logProbability?: number;
  /** Of each token, the one that ended the text last: where `outputScores` asked for it. */
  readonly tokenLogProbabilities?: readonly number[];
  /** What beams were compared by: the log-probability under all constraints / length to the power `lengthPenalty`. */
  readonly score?: number;
}

/** What was written for one text. */
export interface Generation extends WrittenText {
  /** All texts that `numReturnSequences` asked for, this one first: the best beams in order, or the draws. */
  readonly sequences?: readonly WrittenText[];
  /** An extractive summary's sentences, with offsets into the text as given. */
  readonly sentences?: readonly ScoredSpan[];
  readonly model: string;
  readonly usage: Usage;
}

/** A piece of a text being written; `text` never ends inside a character. */
export interface GeneratedToken {
  readonly text: string;
  readonly logProbability?: number;
}

/** What a generative model says of a text. Natural logarithms, the end of the text included. */
export interface LogProbability {
  readonly logProbability: number;
  readonly tokens: number;
  /** Length of the text in UTF-8, for bits per byte. */
  readonly bytes: number;
  /** What the probability is of: the text as written, the text given another, or only the features that the model reads. */
  readonly over: "text" | "text-given-another" | "features";
}

/** What a token adds to a score: above 0 where it speaks for the label, below where it speaks against it. */
export interface Contribution extends Span {
  readonly weight: number;
}

/** Why a classifier scores a label as it does: the bias and the contributions add up to the score. */
export interface ScoreExplanation {
  readonly label: string;
  readonly score: number;
  /**
   * What the score is: natural logarithms of p(label) / p(other), over several others their mean; or of the odds of a
   * classifier of this label against the rest; or its margin.
   */
  readonly scoreKind: "log-odds" | "log-odds-against-rest" | "margin";
  /** What the model believes before reading anything. */
  readonly bias: number;
  /** Every token in order of reading, those that say nothing with 0. */
  readonly contributions: readonly Contribution[];
  /** Id of the model that answered. */
  readonly model: string;
}

/** What a feature adds to the score of a label, in a text that has it with the value 1. */
export interface FeatureWeight {
  readonly feature: string;
  readonly weight: number;
}

/** What it adds to the score of a tagging that one tag follows another; at the start of a sentence nothing is before. */
export interface TransitionWeight {
  readonly from: string | undefined;
  readonly to: string;
  readonly weight: number;
}

/** The transitions that a tagger likes most, and least; the strongest first. */
export interface StrongestTransitions {
  readonly for: readonly TransitionWeight[];
  readonly against: readonly TransitionWeight[];
}

/** Why a token has its tag: the transition and the features add up to what it adds to the score of the tagging. */
export interface TokenExplanation extends Span {
  readonly tag: string;
  /** p(tag | tokens), from 0 to 1. */
  readonly score: number;
  readonly transition: TransitionWeight;
  /** Every feature that has a weight for the tag, the strongest first, either way. */
  readonly features: readonly FeatureWeight[];
}

/** Why the tokens of a text have their tags. */
export interface TagExplanation {
  readonly tokens: readonly TokenExplanation[];
  /** Id of the model that answered. */
  readonly model: string;
}

/** The features that speak most for a label, and most against it; the strongest first. */
export interface StrongestFeatures {
  readonly label: string;
  readonly for: readonly FeatureWeight[];
  readonly against: readonly FeatureWeight[];
}

/** A text as a point: texts that mean alike lie near each other. */
export interface Embedding {
  /** As many numbers as the model's `dimensions`; of length 1 where the model normalizes, and 0 for a text of no tokens. */
  readonly vector: Float32Array;
  readonly model: string;
  readonly usage: Usage;
}
