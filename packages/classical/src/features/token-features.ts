import { attributes, attributesOf, spellingReader } from "./token-features-attributes.js";
import { openKnowledge, type TokenKnowledge } from "./token-knowledge.js";
import { partsOf } from "./token-templates.js";

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
  const parts = templates.map((template) =>
    partsOf(template).map(({ attribute, offset }) => ({ column: attributes.indexOf(attribute), offset })),
  );
  const knowledge = openKnowledge(known);
  const readSpelling = spellingReader(knowledge.readCluster);
  const featureAt = (table: Uint32Array, length: number, i: number, t: number): number => {
    let hash = Math.imul(t + 1, 0x9e3779b1);
    for (const { column, offset } of parts[t]) {
      const j = i + offset;
      const value = j < 0 || j >= length ? beyond(j, length) : table[j * attributes.length + column];
      if (value === noFeature) return noFeature;
      hash = Math.imul(hash ^ value, 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
      hash ^= hash >>> 16;
    }
    return hash >>> 0 || 1;
  };
  return {
    perToken: parts.length,
    read(tokens) {
      const table = attributesOf(tokens, knowledge, readSpelling);
      const features = new Uint32Array(tokens.length * parts.length);
      let at = 0;
      for (let i = 0; i < tokens.length; i++)
        for (let t = 0; t < parts.length; t++) features[at++] = featureAt(table, tokens.length, i, t);
      return features;
    },
  };
}

/** Stands for the places before the first token and after the last, by distance. */
function beyond(j: number, length: number): number {
  return j < 0 ? -j : 0x100 + j - length;
}
