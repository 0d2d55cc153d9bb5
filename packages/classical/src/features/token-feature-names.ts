import { clusterKey } from "../clusters/cluster-key.js";
import type { KnownClusters } from "./token-clusters.js";
import {
  type Attribute,
  casingOf,
  casings,
  kindOf,
  placeOf,
  places,
  shapeOf,
  shortened,
  writtenAs,
} from "./token-features-attributes.js";
import { hashText } from "./token-features-hash.js";
import { type KnownNames, markedTypes, nameMarker } from "./token-gazetteer.js";
import { hasClusters, hasNames, type TokenKnowledge } from "./token-knowledge.js";
import { partsOf } from "./token-templates.js";

/** The feature that a template makes of a token of a sentence, as a person reads it. */
export type NameFeature = (tokens: readonly string[], i: number, template: number) => string;

/** What names the features that `tokenFeatureReader` hashes: `lower[-1]=in kind[0]=title 000`. */
export function featureNamer(templates: readonly string[], known: TokenKnowledge): NameFeature {
  const parts = templates.map(partsOf);
  const writers = attributeWriter(known);
  return (tokens, i, template) =>
    parts[template]
      .map(({ attribute, offset }) => `${attribute}[${offset}]=${valueAt(tokens, i + offset, attribute, writers)}`)
      .join(" ");
}

type WriteAttribute = (tokens: readonly string[], i: number) => string;

function valueAt(
  tokens: readonly string[],
  i: number,
  attribute: Attribute,
  write: Readonly<Record<Attribute, WriteAttribute>>,
): string {
  if (i < 0) return "(start)";
  return i < tokens.length ? write[attribute](tokens, i) : "(end)";
}

function attributeWriter(known: TokenKnowledge): Readonly<Record<Attribute, WriteAttribute>> {
  const common = new Set(known.commonWords);
  const lower: WriteAttribute = (tokens, i) => tokens[i].toLowerCase();
  const prefix =
    (length: number): WriteAttribute =>
    (tokens, i) =>
      lower(tokens, i).slice(0, length);
  const suffix =
    (length: number): WriteAttribute =>
    (tokens, i) =>
      lower(tokens, i).slice(-length);
  const path = hasClusters(known) ? pathReader(known) : () => "";
  const cluster =
    (length: number): WriteAttribute =>
    (tokens, i) =>
      path(tokens[i]).slice(0, length);
  return {
    word: (tokens, i) => tokens[i],
    lower,
    shape: (tokens, i) => shapeOf(tokens[i]),
    shortShape: (tokens, i) => shortened(shapeOf(tokens[i])),
    kind: (tokens, i) => kindOf(tokens[i], lower(tokens, i)),
    prefix1: prefix(1),
    prefix2: prefix(2),
    prefix3: prefix(3),
    prefix4: prefix(4),
    suffix1: suffix(1),
    suffix2: suffix(2),
    suffix3: suffix(3),
    suffix4: suffix(4),
    cluster4: cluster(4),
    cluster6: cluster(6),
    cluster10: cluster(10),
    cluster20: cluster(20),
    usage: (tokens, i) => (common.has(hashText(lower(tokens, i))) ? "common" : "uncommon"),
    place: (tokens, i) => places[placeOf(tokens.map(writtenAs), i)],
    casing: (tokens) => casings[casingOf(tokens.map(writtenAs))],
    names: hasNames(known) ? namesReader(known) : () => "",
  };
}

function pathReader({ clusterWords, clusterOf, clusterPaths }: KnownClusters): (word: string) => string {
  return (word) => clusterPaths[clusterOf[clusterWords.indexOf(hashText(clusterKey(word)))]] ?? "";
}

function namesReader(known: KnownNames): WriteAttribute {
  const mark = nameMarker(known);
  return (tokens, i) => {
    const lowers = Uint32Array.from(tokens, (token) => hashText(token.toLowerCase()));
    return markedTypes(known, mark(lowers)[i]).join(" ");
  };
}
