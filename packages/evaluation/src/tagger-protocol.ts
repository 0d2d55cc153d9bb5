import { BifocalError, isTag, labelOfTag, spansOfTags, type Tagger } from "@bifocal/contracts";
import { countTagged } from "./metrics/entities.js";
import { type TaggerMetricName, taggerMetrics } from "./metrics/metrics.js";
import type { Tagged } from "./metrics/tagged.js";
import type { Protocol, Scope } from "./protocol.js";

/** A sentence as tokens, and the gold tag of each: IOB2, or its part of speech. */
export interface TaggedTokens {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

/**
 * How taggers are scored: on the tokens as given; a sentence is right where its entities are exactly the gold ones. A tag
 * of no scheme, a part of speech, marks its token as an entity of one token.
 */
export const taggerProtocol: Protocol<Tagger, TaggedTokens, Tagged, Tagged, TaggerMetricName> = {
  contract: "tagger",
  metrics: taggerMetrics,
  correctness: {
    name: "sentences exactly right",
    of: (gold, predicted) => JSON.stringify(gold.spans) === JSON.stringify(predicted.spans),
  },
  resampled: ["f1", "tokenAccuracy"],
  byLabel: {
    count: countTagged,
    labelsOf: ({ labels }) => labels,
    goldLabels: ({ spans }) => spans.map(({ label }) => label),
  },
  ask: async (model, items, { signal, ...scope }) => {
    const sentences = items.map(({ tokens }) => tokens);
    const results = await model.tagTokens(sentences, signal && { signal });
    return results.map(({ tags }, i) => {
      checkLength(model, tags.length, items[i]?.tokens.length);
      return tagsWithin(tags, scope);
    });
  },
  goldOf: ({ tokens, tags }, index, scope) => {
    checkTags(tokens, tags, index);
    return tagsWithin(tags, scope);
  },
  show: ({ spans }) => spans,
  showGold: ({ spans }) => spans,
  textOf: ({ tokens }) => tokens.join(" "),
};

/** What the tags mark, those of other labels outside. */
function tagsWithin(tags: readonly string[], { labels }: Scope): Tagged {
  const within = labels === undefined ? tags : tags.map((tag) => (labels.includes(labelOfTag(tag) ?? tag) ? tag : "O"));
  return { tags: within, spans: spansOfTags(within).map(({ label, start, end }) => ({ label, start, end })) };
}

function checkLength({ card }: Tagger, tags: number, tokens: number | undefined): void {
  if (tags === tokens) return;
  throw new BifocalError(
    "internal",
    `${card.id} gave ${tags} tags for ${tokens} tokens; this is a defect of the model.`,
  );
}

function checkTags(tokens: readonly string[], tags: readonly string[], index: number): void {
  const where = `Sentence ${index + 1} of the test data`;
  if (tags.length !== tokens.length) {
    throw new BifocalError(
      "invalid-input",
      `${where} has ${tokens.length} tokens and ${tags.length} tags; give one each.`,
    );
  }
  const odd = tags.findIndex((tag) => !isTag(tag));
  if (odd === -1) return;
  const advice = "Entities are O, B-TYPE or I-TYPE: convert the file, or check which column holds the tags.";
  throw new BifocalError("invalid-input", `${where} has a tag that is not IOB2, at token ${odd + 1}. ${advice}`);
}
