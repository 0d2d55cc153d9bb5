import { labelOfTag } from "@bifocal/contracts";
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
}

/** A sentence and the IOB2 tag of each token. */
export interface TaggedItem {
  readonly line: number;
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

export interface TextOptions extends ReadOptions {
  /** The field or column that holds the text. Default `text`. */
  readonly field?: string;
}

/** Other names of labels or entity types than those in the file; a type named `O` becomes no entity. */
export interface NamedLabels {
  readonly names?: ReadonlyMap<string, string>;
}

export interface LabelledOptions extends TextOptions, NamedLabels {
  /** The field or column that holds the label. Default `label`. */
  readonly labelField?: string;
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
 * Reads texts with their labels, from `.jsonl`, `.csv` or `.tsv`. A label that is a number is taken as written.
 * @throws {BifocalError} as `readRecords`.
 * @example for await (const { text, label } of readLabelledTexts("reviews.csv")) …
 */
export async function* readLabelledTexts(path: string, options: LabelledOptions = {}): AsyncIterable<LabelledItem> {
  const { field = "text", labelField = "label", names } = options;
  const reject = rejecter(path, options);
  for await (const { line, fields } of readRecords(path, { ...options, requires: [field, labelField] })) {
    const text = fields[field];
    const label = labelOf(fields[labelField]);
    if (typeof text !== "string") reject(line, `"${field}" is not a text`);
    else if (label === undefined) reject(line, `"${labelField}" is not a label`);
    else yield { line, text, label: names?.get(label) ?? label };
  }
}

/**
 * Reads tagged sentences, from `.conll`, or from `.jsonl` with `tokens` and `tags`.
 * @throws {BifocalError} as `readRecords`; a tag that is not IOB2 makes a record bad.
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
    const name = names.get(labelOfTag(tag) ?? "");
    if (name === undefined) return tag;
    return name === "O" ? "O" : `${tag.slice(0, 2)}${name}`;
  });
}

function labelOf(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function taggingProblem(tokens: unknown, tags: unknown): string | undefined {
  if (!isTexts(tokens) || !isTexts(tags)) return "its tokens and tags are not lists of texts";
  if (tokens.length !== tags.length) return `it has ${tokens.length} tokens and ${tags.length} tags`;
  const foreign = tags.find((tag) => !/^(O|[BI]-.+)$/s.test(tag));
  return foreign === undefined ? undefined : "it has a tag other than O, B-TYPE and I-TYPE (IOB2)";
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
