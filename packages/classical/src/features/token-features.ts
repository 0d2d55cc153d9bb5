import {
  type Attribute,
  attributeReader,
  margin,
  type PlacedWord,
  sentenceReader,
} from "./token-features-attributes.js";
import type { MarkNames } from "./token-gazetteer.js";
import { openKnowledge, type TokenKnowledge } from "./token-knowledge.js";
import { partsOf, type TemplatePart } from "./token-templates.js";

/** The hash that stands for "no such feature". */
export const noFeature = 0;

/** Reads the features of the tokens of a sentence. */
export interface TokenFeatureReader {
  /** How many features a token has at most: one a template. */
  readonly perToken: number;
  /**
   * tokens × `perToken` hashes of 32 bits, `noFeature` where a token has none of a kind (a prefix of four letters in
   * "cat"). Two different features share a hash once in 2^32.
   */
  read(tokens: readonly string[]): Uint32Array;
}

/** What reads the features that templates name. @throws {BifocalError} `invalid-input` where one names none. */
export function tokenFeatureReader(templates: readonly string[], known: TokenKnowledge): TokenFeatureReader {
  const knowledge = openKnowledge(known);
  const readSentence = sentenceReader(knowledge, () => undefined);
  const hash = templateHasher(numberedTemplates(templates), knowledge.markNames);
  return {
    perToken: templates.length,
    read(tokens) {
      const features = new Uint32Array(tokens.length * templates.length);
      hash(readSentence(tokens), margin, features);
      return features;
    },
  };
}

/** A template, and its number among those of its model, which its features' hashes begin with. */
export interface NumberedTemplate {
  readonly number: number;
  readonly parts: readonly TemplatePart[];
}

/** @throws {BifocalError} `invalid-input` where one names no template. */
export function numberedTemplates(templates: readonly string[]): NumberedTemplate[] {
  return templates.map((template, number) => ({ number, parts: partsOf(template) }));
}

/** Fills tokens × templates with the hashes of the words' features, of the first word and those after it. */
export type HashTemplates = (words: readonly PlacedWord<unknown>[], first: number, features: Uint32Array) => void;

export function templateHasher(templates: readonly NumberedTemplate[], markNames?: MarkNames): HashTemplates {
  const columns = [...new Set(templates.flatMap(({ parts }) => parts.map(({ attribute }) => attribute)))];
  const attributesOf = attributeReader(columns, markNames);
  const { seeds, starts, steps } = flattened(templates, columns);
  return (words, first, features) => {
    const table = attributesOf(words);
    for (let at = 0, own = first * columns.length; at < features.length; own += columns.length) {
      for (let t = 0; t < seeds.length; t++, at++) {
        let hash = seeds[t];
        let isThere = true;
        for (let step = starts[t]; step < starts[t + 1]; step++) {
          const value = table[own + steps[step]];
          isThere &&= value !== noFeature;
          hash = Math.imul(hash ^ value, 0x85ebca6b);
          hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
          hash ^= hash >>> 16;
        }
        features[at] = isThere ? hash >>> 0 || 1 : noFeature;
      }
    }
  };
}

/** Where the parts of each template begin, and the last's end; how far each part's attribute lies from a token's first. */
function flattened(templates: readonly NumberedTemplate[], columns: readonly Attribute[]) {
  const starts = new Int32Array(templates.length + 1);
  for (const [t, { parts }] of templates.entries()) starts[t + 1] = starts[t] + parts.length;
  const steps = templates.flatMap(({ parts }) =>
    parts.map(({ attribute, offset }) => offset * columns.length + columns.indexOf(attribute)),
  );
  const seeds = templates.map(({ number }) => Math.imul(number + 1, 0x9e3779b1));
  return { seeds: Int32Array.from(seeds), starts, steps: Int32Array.from(steps) };
}
