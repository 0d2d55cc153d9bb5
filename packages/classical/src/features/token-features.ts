import { type Attribute, attributes, attributesOf } from "./token-features-attributes.js";
import type { CommonWords } from "./token-features-common-words.js";

/** What is read around a token: each template is one feature, made of attributes of the token [0] and its neighbours. */
const templates = [
  "word[0]",
  "lower[0]",
  "word[-1]",
  "word[1]",
  "lower[-1]",
  "lower[1]",
  "lower[-2]",
  "lower[2]",
  "lower[-1] lower[0]",
  "lower[0] lower[1]",
  "lower[-1] lower[1]",
  "lower[-2] lower[-1]",
  "lower[1] lower[2]",
  "prefix1[0]",
  "prefix2[0]",
  "prefix3[0]",
  "prefix4[0]",
  "suffix1[0]",
  "suffix2[0]",
  "suffix3[0]",
  "suffix4[0]",
  "suffix3[-1]",
  "suffix3[1]",
  "shape[0]",
  "shortShape[0]",
  "shortShape[-1]",
  "shortShape[1]",
  "shortShape[-1] shortShape[0]",
  "shortShape[0] shortShape[1]",
  "shortShape[-1] shortShape[0] shortShape[1]",
  "kind[0]",
  "kind[-2] kind[-1] kind[0]",
  "kind[0] kind[1] kind[2]",
  "kind[-1] kind[0] kind[1]",
  "kind[0] lower[-1]",
  "kind[0] lower[1]",
  "kind[0] suffix3[0]",
  "kind[0] suffix2[1]",
  "kind[0] place[0]",
  "kind[0] casing[0]",
  "lower[0] casing[0]",
  "place[0] lower[0]",
  "usage[0] kind[0]",
  "usage[-1] kind[-1] usage[0] kind[0]",
  "usage[0] kind[0] usage[1] kind[1]",
  "usage[0] kind[0] casing[0]",
  "usage[0] kind[0] place[0]",
] as const;

/** How many features a token has at most. */
export const featuresPerToken = templates.length;

/** The hash that stands for "no such feature". */
export const noFeature = 0;

interface Part {
  readonly column: number;
  readonly offset: number;
}

const parts: readonly (readonly Part[])[] = templates.map((template) =>
  template.split(" ").map((part) => {
    const [name, offset] = part.slice(0, -1).split("[");
    return { column: attributes.indexOf(name as Attribute), offset: Number(offset) };
  }),
);

/**
 * The features of each token of a sentence: tokens × `featuresPerToken` hashes of 32 bits, `noFeature` where a token
 * has none of a kind (a prefix of four letters in "cat"). Two different features share a hash once in 2^32.
 */
export function tokenFeatures(tokens: readonly string[], commonWords: CommonWords): Uint32Array {
  const table = attributesOf(tokens, commonWords);
  const features = new Uint32Array(tokens.length * featuresPerToken);
  let at = 0;
  for (let i = 0; i < tokens.length; i++) {
    for (let t = 0; t < parts.length; t++) features[at++] = featureAt(table, tokens.length, i, t);
  }
  return features;
}

function featureAt(table: Uint32Array, length: number, i: number, t: number): number {
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
}

/** Stands for the places before the first token and after the last, by distance. */
function beyond(j: number, length: number): number {
  return j < 0 ? -j : 0x100 + j - length;
}
