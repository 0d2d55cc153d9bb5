import { attributes, attributesOf, margin, spellingReader } from "./token-features-attributes.js";
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
  const knowledge = openKnowledge(known);
  const readSpelling = spellingReader(knowledge);
  const { starts, steps } = flattened(templates);
  return {
    perToken: templates.length,
    read(tokens) {
      const table = attributesOf(tokens, readSpelling, knowledge.markNames);
      const features = new Uint32Array(tokens.length * templates.length);
      for (let i = 0, at = 0; i < tokens.length; i++) {
        const own = (i + margin) * attributes.length;
        for (let t = 0; t < templates.length; t++, at++) {
          let hash = Math.imul(t + 1, 0x9e3779b1);
          let isThere = true;
          for (let step = starts[t]; step < starts[t + 1]; step++) {
            const value = table[own + steps[step]];
            isThere &&= value !== noFeature;
            hash = Math.imul(hash ^ value, 0x85ebca6b);
            hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
            hash ^= hash >>> 16;
          }
          if (isThere) features[at] = hash >>> 0 || 1;
        }
      }
      return features;
    },
  };
}

/** Where the parts of each template begin, and the last's end; how far each part's attribute lies from a token's first. */
function flattened(templates: readonly string[]): { starts: Int32Array; steps: Int32Array } {
  const parts = templates.map(partsOf);
  const starts = new Int32Array(templates.length + 1);
  for (const [t, each] of parts.entries()) starts[t + 1] = starts[t] + each.length;
  const steps = parts.flat().map(({ attribute, offset }) => offset * attributes.length + attributes.indexOf(attribute));
  return { starts, steps: Int32Array.from(steps) };
}
