import { type Dtype, isDtype } from "./dtypes.js";

/** What a model that decides says of a text: a probability for each label. */
export interface ScoredInput {
  readonly input: string;
  readonly probabilities: readonly number[];
}

/** What a tagger says of words: a probability for each label, none for a word that it cannot see. */
export interface ScoredSentence {
  readonly input: readonly string[];
  readonly probabilities: readonly (readonly number[] | null)[];
}

/** How likely a model that writes finds a text after what it was written for. Natural logarithm. */
export interface MeasuredText {
  readonly given: string;
  readonly text: string;
  readonly logProbability: number;
  readonly tokens: number;
}

/** What a model that embeds says of a text. */
export interface EmbeddedInput {
  readonly input: string;
  readonly vector: readonly number[];
}

/** A few fixed inputs, and what a model answered. */
export type CanaryAnswers =
  | { readonly head: "score"; readonly rows: readonly ScoredInput[] }
  | { readonly head: "scoreWords"; readonly rows: readonly ScoredSentence[] }
  | { readonly head: "embed"; readonly rows: readonly EmbeddedInput[] }
  | {
      readonly head: "write";
      /** Of a model of many languages: from which to which it wrote. */
      readonly languages: { readonly sourceLanguage?: string; readonly targetLanguage?: string };
      readonly rows: readonly MeasuredText[];
    };

/** Whether a model's weights of one dtype answer as those that it was compared with. */
export interface Canary {
  /** The weights that answered for comparison: fp32 where there are any, else those that were pulled. */
  readonly reference: Dtype;
  readonly answers: CanaryAnswers;
  readonly drift: number;
  readonly tolerance: number;
  readonly agrees: boolean;
}

export function isCanary(value: unknown): value is Canary {
  if (typeof value !== "object" || value === null) return false;
  const { reference, answers, drift, tolerance, agrees } = value as Readonly<Record<string, unknown>>;
  if (!isDtype(reference) || typeof agrees !== "boolean") return false;
  if (typeof drift !== "number" || typeof tolerance !== "number") return false;
  const { head, rows } = (answers ?? {}) as Readonly<Record<string, unknown>>;
  return ["score", "scoreWords", "embed", "write"].includes(String(head)) && Array.isArray(rows);
}
