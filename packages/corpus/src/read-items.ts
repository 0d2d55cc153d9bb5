import { isItemWeight, isTag, itemWeightRange, labelOfTag } from "@bifocal/contracts";
import type { CorpusRecord } from "./formats/format.js";
import { type ReadOptions, readRecords, rejecter } from "./read-records.js";

/** A text of a file, with whatever else its record holds. */
export interface TextItem extends CorpusRecord {
  readonly text: string;
}

/** A text and what it was judged to be. */
export interface LabelledItem {
  readonly line: number;
  readonly text: string;
  readonly label: string;
  /** How many items it counts as, where a field says so. */
  readonly weight?: number;
  /** Name of the fold that it is tested in, where a field says so. */
  readonly fold?: string;
}

/** A sentence and the tag of each token: IOB2, or of no scheme (`NOUN`). */
export interface TaggedItem {
  readonly line: number;
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

/** A text and summaries of it. */
export interface SummarizedItem {
  readonly line: number;
  readonly text: string;
  readonly summaries: readonly string[];
}

/** A text and translations of it. */
export interface TranslatedItem {
  readonly line: number;
  readonly text: string;
  readonly translations: readonly string[];
}

/** Which field of a record is the text. */
export interface TextOptions extends ReadOptions {
  /** The field or column that holds the text. Default `text`. */
  readonly field?: string;
}

/** Other names of labels or entity types than those in the file; a type named `O` becomes no entity. */
export interface NamedLabels {
  readonly names?: ReadonlyMap<string, string>;
}

/** Which fields of a record are the text, the label, the weight and the fold, and what its labels are called. */
export interface LabelledOptions extends TextOptions, NamedLabels {
  /** The field or column that holds the label. Default `label`. */
  readonly labelField?: string;
  /** The field or column that holds each item's weight, a number from 1e-9 to 1e9; none where it is not given. */
  readonly weightField?: string | undefined;
  /** The field or column that names each item's fold; none where it is not given. */
  readonly foldField?: string | undefined;
}

/**
 * Reads texts, from any form; of `.conll` the tokens joined by a space.
 * @throws {BifocalError} as `readRecords`.
 * @example for await (const { text, line } of readTexts("posts.jsonl", { field: "body" })) …
 */
export async function* readTexts(path: string, options: TextOptions = {}): AsyncIterable<TextItem> {
  const { field = "text" } = options;
  const reject = rejecter(path, options);
  for await (const { line, fields } of readRecords(path, { ...options, requires: [field] })) {
    const text = fields[field];
    if (typeof text === "string") yield { line, text, fields };
    else reject(line, `"${field}" is not a text`);
  }
}

/**
 * Reads texts with their labels, from `.jsonl`, `.csv` or `.tsv`, and their weights and folds where fields are named.
 * A label or fold that is a number is taken as written.
 * @throws {BifocalError} as `readRecords`.
 * @example for await (const { text, label } of readLabelledTexts("reviews.csv")) …
 */
export async function* readLabelledTexts(path: string, options: LabelledOptions = {}): AsyncIterable<LabelledItem> {
  const { field = "text", labelField = "label", weightField, foldField, names } = options;
  const requires = [field, labelField, weightField, foldField].filter((each) => each !== undefined);
  const reject = rejecter(path, options);
  for await (const { line, fields } of readRecords(path, { ...options, requires })) {
    const text = fields[field];
    const label = labelOf(fields[labelField]);
    const weight = weightField === undefined ? undefined : weightOf(fields[weightField]);
    const fold = foldField === undefined ? undefined : labelOf(fields[foldField]);
    if (typeof text !== "string") reject(line, `"${field}" is not a text`);
    else if (label === undefined) reject(line, `"${labelField}" is not a label`);
    else if (weightField !== undefined && weight === undefined)
      reject(line, `"${weightField}" is not ${itemWeightRange}`);
    else if (foldField !== undefined && fold === undefined) reject(line, `"${foldField}" is not a name of a fold`);
    else {
      const extras = { ...(weight !== undefined && { weight }), ...(fold !== undefined && { fold }) };
      yield { line, text, label: names?.get(label) ?? label, ...extras };
    }
  }
}

/**
 * Reads texts with their summaries: of `.jsonl` the list in the field `summaries`, of `.csv` and `.tsv` the one in the
 * column of that name.
 * @throws {BifocalError} as `readRecords`.
 * @example for await (const { text, summaries } of readSummarizedTexts("papers.jsonl")) …
 */
export async function* readSummarizedTexts(path: string, options: TextOptions = {}): AsyncIterable<SummarizedItem> {
  for await (const { line, text, others } of readTextsWith("summaries", path, options))
    yield { line, text, summaries: others };
}

/**
 * Reads texts with their translations: of `.jsonl` the list in the field `translations`, of `.csv` and `.tsv` the one in
 * the column of that name.
 * @throws {BifocalError} as `readRecords`.
 * @example for await (const { text, translations } of readTranslatedTexts("pairs.tsv", { quotes: false })) …
 */
export async function* readTranslatedTexts(path: string, options: TextOptions = {}): AsyncIterable<TranslatedItem> {
  for await (const { line, text, others } of readTextsWith("translations", path, options))
    yield { line, text, translations: others };
}

async function* readTextsWith(name: string, path: string, options: TextOptions) {
  const { field = "text" } = options;
  const reject = rejecter(path, options);
  for await (const { line, fields } of readRecords(path, { ...options, requires: [field, name] })) {
    const text = fields[field];
    const value = fields[name];
    const others = typeof value === "string" ? [value] : value;
    if (typeof text !== "string") reject(line, `"${field}" is not a text`);
    else if (!isTexts(others) || others.length === 0) reject(line, `"${name}" is not a list of texts`);
    else yield { line, text, others };
  }
}

/**
 * Reads tagged sentences, from `.conll`, or from `.jsonl` with `tokens` and `tags`.
 * @throws {BifocalError} as `readRecords`; a tag that is neither IOB2 nor of no scheme (`NOUN`) makes a record bad.
 */
export async function* readTaggedSentences(
  path: string,
  options: ReadOptions & NamedLabels = {},
): AsyncIterable<TaggedItem> {
  const reject = rejecter(path, options);
  for await (const { line, fields } of readRecords(path, { ...options, requires: ["tokens", "tags"] })) {
    const { tokens, tags } = fields;
    const problem = taggingProblem(tokens, tags);
    if (problem !== undefined) reject(line, problem);
    else yield { line, tokens: tokens as readonly string[], tags: renamed(tags as readonly string[], options) };
  }
}

function renamed(tags: readonly string[], { names }: NamedLabels): readonly string[] {
  if (names === undefined || names.size === 0) return tags;
  return tags.map((tag) => {
    const label = labelOfTag(tag);
    const name = names.get(label ?? tag);
    if (name === undefined) return tag;
    return name === "O" || label === undefined ? name : `${tag.slice(0, 2)}${name}`;
  });
}

function labelOf(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function weightOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return isItemWeight(number) ? number : undefined;
}

function taggingProblem(tokens: unknown, tags: unknown): string | undefined {
  if (!isTexts(tokens) || !isTexts(tags)) return "its tokens and tags are not lists of texts";
  if (tokens.length !== tags.length) return `it has ${tokens.length} tokens and ${tags.length} tags`;
  const odd = tags.find((tag) => !isTag(tag));
  if (odd === undefined) return undefined;
  return odd === ""
    ? "it has a token without a tag"
    : `it has the tag "${odd}"; write entities as O, B-TYPE and I-TYPE (IOB2)`;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
