import type { CallOptions } from "./calls.js";
import { BifocalError } from "./errors.js";
import { didYouMean } from "./suggest.js";
import { type ContractName, contractOf, type Task } from "./tasks.js";
import { type TagScheme, tagSchemes } from "./text/tag-schemes.js";

/**
 * What becomes of a text longer than a model reads at once. `window`: all of it is read, in windows; `truncate`: what is
 * too much is left out, as `usage.truncated` tells; `error`: the call fails with `too-large`, which says how long it is.
 */
export const overflows = ["window", "truncate", "error"] as const;

export type Overflow = (typeof overflows)[number];

/** What a call that reads texts takes. */
export interface ReadOptions extends CallOptions {
  /** Default `window`. Models that read any length have no use for it. */
  readonly overflow?: Overflow;
}

/** What a call that tags tokens as they are given takes. */
export interface TokenTagOptions extends CallOptions {
  /** Give the so many likeliest readings too (1 to 100), as far as there are so many; models that score tags one by one refuse. */
  readonly nBest?: number;
  /** How a network's own tags are to be read. Default: told from their prefixes. */
  readonly scheme?: TagScheme;
}

/**
 * How a network's tokens become entities, as in Python's `pipeline`. `none`: every token stands for itself, under the
 * model's own tag; `simple`: neighbours of one entity are joined; `first`, `average` and `max` tag whole words, by their
 * first token, by the mean of their tokens' probabilities, or by the token that is surest, and join these.
 */
export const aggregationStrategies = ["none", "simple", "first", "average", "max"] as const;

export type AggregationStrategy = (typeof aggregationStrategies)[number];

/** What a call that tags texts takes. All but `nBest` and `overflow` is for networks that tag pieces of words; others refuse. */
export interface TagOptions extends TokenTagOptions, ReadOptions {
  /** Default `first`. */
  readonly aggregationStrategy?: AggregationStrategy;
  /** Types of entity, or tags, that are left out. Default `["O"]`. */
  readonly ignoreLabels?: readonly string[];
  /** How many tokens a window shares with the next, at least (0 or more, fewer than fit). Default: a quarter of a window. */
  readonly stride?: number;
}

/** What a call that writes takes. Names are the Hub's, in camelCase. */
export interface GenerateOptions extends ReadOptions {
  /** At most so many tokens are written (1 to 4096). Default: the model's own. */
  readonly maxNewTokens?: number;
  /** So many tokens are written before an end is allowed (0 to 4096). Default: the model's own. */
  readonly minNewTokens?: number;
  /** Draw each token at random rather than take the likeliest. Default: the model's own; true for n-gram models. */
  readonly doSample?: boolean;
  /** Flattens (> 1) or sharpens (< 1) what is drawn from (above 0, to 10). Default 1. Only with `doSample`. */
  readonly temperature?: number;
  /** Draw from the so many likeliest tokens only (1 or more). Only with `doSample`. */
  readonly topK?: number;
  /** Draw from the likeliest tokens that together hold this probability (above 0, to 1). Only with `doSample`. */
  readonly topP?: number;
  /** Draw from tokens with at least this share of the likeliest one's probability (0 to 1). Only with `doSample`. */
  readonly minP?: number;
  /** Draw from the tokens of nearly the expected surprise that hold this probability (above 0, to 1). Only with `doSample`. */
  readonly typicalP?: number;
  /** Discourages (> 1) or encourages (< 1) tokens that stand already (above 0, to 10). Default: the model's own, else 1. */
  readonly repetitionPenalty?: number;
  /** No run of so many tokens comes twice; 0: it may (0 to 1000). Default: the model's own, else 0. */
  readonly noRepeatNgramSize?: number;
  /** Follow the so many best texts rather than one (1 to 64). Default: the model's own, else 1. */
  readonly numBeams?: number;
  /** Beams are compared by their log-probability / length to this power (-10 to 10). Default: the model's own, else 1. */
  readonly lengthPenalty?: number;
  /**
   * `true`: beams end with the first `numBeams` whole texts; `false`: once none of the same length could be better;
   * `"never"`: once none could. Default: the model's own, else false.
   */
  readonly earlyStopping?: boolean | "never";
  /** Give so many texts, in `sequences`: the best beams, or as many draws (1 to 64). Default 1. */
  readonly numReturnSequences?: number;
  /** Texts before which the writing ends, wherever they come. */
  readonly stopStrings?: readonly string[];
  /** Tell the log-probability of each token that was written. Default false. */
  readonly outputScores?: boolean;
  /** The same seed, text and options give the same output (0 to 2^32 - 1). Default 0. */
  readonly seed?: number;
  /** Put the prompt before the continuation in `text`. Default false. */
  readonly returnFullText?: boolean;
  /** Tell the text to a model trained on conversations as a user's message, by its chat template. Default false. */
  readonly chat?: boolean;
  /** What the model is told before the user's message. Only with `chat`. */
  readonly systemPrompt?: string;
  /** How many sentences an extractive summary has (1 to 1000). Default: the model's own. */
  readonly sentences?: number;
  /** Language of the text to translate, as the model names it. */
  readonly sourceLanguage?: string;
  /** Language to translate into, as the model names it. */
  readonly targetLanguage?: string;
}

/** A number's range: `min` is allowed, `above` is not. */
export interface NumberRule {
  readonly type: "integer" | "number";
  readonly above?: number;
  readonly min?: number;
  readonly max: number;
  readonly about: string;
}

/** True or false, or one of a few texts beside them. */
export interface BooleanRule {
  readonly type: "boolean";
  /** What it may be beside true and false. */
  readonly choices?: readonly string[];
  readonly about: string;
}

/** A text, any or one of a few. */
export interface TextRule {
  readonly type: "string";
  /** The texts that it may be; any without them. */
  readonly choices?: readonly string[];
  readonly about: string;
}

/** Several texts, none of them empty. */
export interface TextsRule {
  readonly type: "texts";
  readonly about: string;
}

/** How an option is checked, and described to a person. */
export type OptionRule = NumberRule | BooleanRule | TextRule | TextsRule;

type RulesFor<O extends CallOptions> = { readonly [K in Exclude<keyof O, keyof CallOptions>]-?: OptionRule };

const overflow = {
  type: "string",
  choices: overflows,
  about: "read a text that is too long in windows, cut it, or fail",
} as const satisfies OptionRule;

/** Every option of a call, by contract: the one table behind the library, the command line and the HTTP API. */
export const callOptions = {
  classifier: { overflow },
  tagger: {
    nBest: {
      type: "integer",
      min: 1,
      max: 100,
      about: "give the so many likeliest readings too, with their probabilities",
    },
    aggregationStrategy: {
      type: "string",
      choices: aggregationStrategies,
      about: "how tokens become entities: one by one, joined, or word by word",
    },
    ignoreLabels: { type: "texts", about: "leave out entities of these types" },
    scheme: { type: "string", choices: tagSchemes, about: "read the model's own tags so" },
    stride: { type: "integer", min: 0, max: 1_000_000, about: "let windows share so many tokens" },
    overflow,
  },
  "text-generator": {
    maxNewTokens: { type: "integer", min: 1, max: 4096, about: "write at most so many tokens" },
    minNewTokens: { type: "integer", min: 0, max: 4096, about: "write so many tokens before an end" },
    doSample: { type: "boolean", about: "draw tokens at random instead of taking the likeliest" },
    temperature: { type: "number", above: 0, max: 10, about: "flatten (> 1) or sharpen (< 1) what is drawn from" },
    topK: { type: "integer", min: 1, max: 1_000_000, about: "draw from the so many likeliest tokens" },
    topP: { type: "number", above: 0, max: 1, about: "draw from the likeliest tokens that hold this probability" },
    minP: { type: "number", min: 0, max: 1, about: "draw from tokens with this share of the likeliest one's chance" },
    typicalP: { type: "number", above: 0, max: 1, about: "draw from tokens of nearly the expected surprise" },
    repetitionPenalty: { type: "number", above: 0, max: 10, about: "discourage (> 1) tokens that stand already" },
    noRepeatNgramSize: { type: "integer", min: 0, max: 1000, about: "write no run of so many tokens twice; 0: it may" },
    numBeams: { type: "integer", min: 1, max: 64, about: "follow the so many best texts" },
    lengthPenalty: { type: "number", min: -10, max: 10, about: "favour long texts (> 0) among beams, or short ones" },
    earlyStopping: {
      type: "boolean",
      choices: ["never"],
      about: "when beams end: with the first whole texts, or later",
    },
    numReturnSequences: { type: "integer", min: 1, max: 64, about: "give so many texts" },
    stopStrings: { type: "texts", about: "end before any of these texts" },
    outputScores: { type: "boolean", about: "tell the log-probability of each token" },
    seed: { type: "integer", min: 0, max: 2 ** 32 - 1, about: "same seed, same output" },
    returnFullText: { type: "boolean", about: "put the prompt before the continuation" },
    chat: { type: "boolean", about: "tell the text as a user's message, by the model's chat template" },
    systemPrompt: { type: "string", about: "what the model is told before the user's message" },
    sentences: { type: "integer", min: 1, max: 1000, about: "length of an extractive summary" },
    sourceLanguage: { type: "string", about: "language of the text" },
    targetLanguage: { type: "string", about: "language to translate into" },
    overflow,
  },
} as const satisfies {
  classifier: RulesFor<ReadOptions>;
  tagger: RulesFor<TagOptions>;
  "text-generator": RulesFor<GenerateOptions>;
} & Record<ContractName, Record<string, OptionRule>>;

/** The options that a call of the task takes, by name. */
export function optionsOf(task: Task): Readonly<Record<string, OptionRule>> {
  return callOptions[contractOf[task]];
}

/**
 * The options as given, once each is known to the task, of its type and in its range. `undefined` counts as absent.
 * @throws {BifocalError} `unknown-option` with the nearest names, or `invalid-input` with the range.
 */
export function checkOptions<O extends object>(task: Task, options: O): O {
  if (typeof options !== "object" || options === null) {
    throw new BifocalError("invalid-input", `The options of ${task} must be an object.`);
  }
  const rules = optionsOf(task);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (name === "signal") checkSignal(value);
    else if (name === "priority") checkOption(name, priorityRule, value);
    else if (name === "deadline") checkDeadline(value);
    else checkNamed(task, name, value, rules);
  }
  return options;
}

/**
 * Refuses options that a model cannot follow, rather than to let them do nothing.
 * @param follows the options that it does follow
 * @throws {BifocalError} `unsupported`, with those that it follows.
 */
export function refuseOtherOptions(
  model: string,
  options: object,
  follows: readonly Exclude<keyof GenerateOptions, keyof CallOptions>[],
): void {
  const known: readonly string[] = ["signal", "priority", "deadline", ...follows];
  const other = Object.entries(options).find(([name, value]) => value !== undefined && !known.includes(name));
  if (other === undefined) return;
  const named = follows.join(", ");
  throw new BifocalError(
    "unsupported",
    `${model} does not write in a way that ${other[0]} could change. It follows ${named}.`,
  );
}

function checkNamed(task: Task, name: string, value: unknown, rules: Readonly<Record<string, OptionRule>>): void {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule === undefined) throw unknownOption(task, name, Object.keys(rules));
  checkOption(name, rule, value);
}

const priorityRule = { type: "string", choices: ["interactive", "bulk"], about: "" } as const satisfies OptionRule;

function checkSignal(value: unknown): void {
  if (!(value instanceof AbortSignal)) throw new BifocalError("invalid-input", "signal must be an AbortSignal.");
}

function checkDeadline(value: unknown): void {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return;
  throw new BifocalError("invalid-input", "deadline must be a Date, such as new Date(Date.now() + 500).");
}

/** @throws {BifocalError} `invalid-input`, with the type and range, where the value is not what the rule asks for. */
export function checkOption(name: string, rule: OptionRule, value: unknown): void {
  if (!hasType(rule, value)) throw new BifocalError("invalid-input", `${name} must be ${describeRule(rule)}.`);
  if (rule.type === "string") checkChoice(name, rule, value as string);
}

function hasType(rule: OptionRule, value: unknown): boolean {
  if ("max" in rule) return isInRange(rule, value);
  if (rule.type === "texts")
    return Array.isArray(value) && value.every((each) => typeof each === "string" && each !== "");
  if (rule.type === "boolean" && rule.choices?.some((each) => each === value)) return true;
  return typeof value === rule.type;
}

function checkChoice(name: string, { choices }: TextRule, value: string): void {
  if (choices === undefined || choices.includes(value)) return;
  throw new BifocalError("invalid-input", `${name} cannot be "${value}". ${didYouMean(value, choices)}`);
}

function unknownOption(task: Task, name: string, known: readonly string[]): BifocalError {
  const hint = known.length > 0 ? didYouMean(name, known) : "It takes none but signal.";
  return new BifocalError("unknown-option", `${task} has no option "${name}". ${hint}`);
}

function isInRange(rule: NumberRule, value: unknown): boolean {
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  if (rule.type === "integer" && !Number.isInteger(value)) return false;
  const highEnough = rule.above === undefined ? value >= (rule.min ?? value) : value > rule.above;
  return highEnough && value <= rule.max;
}

let list: Intl.ListFormat | undefined;

/** In words, "a, b, or c". What knows how is made when it is first needed: that takes some 20 ms. */
function oneOf(choices: readonly string[]): string {
  list ??= new Intl.ListFormat("en", { type: "disjunction" });
  return list.format(choices);
}

/** What an option may be, in words: "a whole number from 1 to 4096". */
export function describeRule(rule: OptionRule): string {
  if (rule.type === "boolean") return oneOf(["true", "false", ...(rule.choices ?? [])]);
  if (rule.type === "texts") return "a list of texts";
  if (rule.type === "string") return rule.choices === undefined ? "a text" : oneOf(rule.choices);
  const kind = rule.type === "integer" ? "a whole number" : "a number";
  if (rule.above !== undefined) return `${kind} above ${rule.above}, to ${rule.max}`;
  return rule.min === undefined ? `${kind} up to ${rule.max}` : `${kind} from ${rule.min} to ${rule.max}`;
}
