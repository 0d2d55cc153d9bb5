import { BifocalError, labelOfTag, spansOfTags, type Tagger, type TokenSpan } from "@bifocal/contracts";
import { countEntities } from "./metrics/entities.js";
import { type TaggerMetricName, taggerMetrics } from "./metrics/metrics.js";
import type { Protocol, Scope } from "./protocol.js";

/** A sentence as tokens, and the gold IOB2 tag of each. */
export interface TaggedTokens {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

type Spans = readonly TokenSpan[];

/** How taggers are scored: on the tokens as given; a sentence is right where its entities are exactly the gold ones. */
export const taggerProtocol: Protocol<Tagger, TaggedTokens, Spans, Spans, TaggerMetricName> = {
  contract: "tagger",
  metrics: taggerMetrics,
  correctness: "sentences exactly right",
  isCorrect: (gold, predicted) => JSON.stringify(gold) === JSON.stringify(predicted),
  countLabels: countEntities,
  labelsOf: ({ labels }) => labels,
  ask: async (model, items, { signal, ...scope }) => {
    const sentences = items.map(({ tokens }) => tokens);
    const results = await model.tagTokens(sentences, signal && { signal });
    return results.map(({ tags }, i) => {
      checkLength(model, tags.length, items[i]?.tokens.length);
      return spansWithin(tags, scope);
    });
  },
  goldOf: ({ tokens, tags }, index, scope) => {
    checkTags(tokens, tags, index);
    return spansWithin(tags, scope);
  },
  goldLabels: (spans) => spans.map(({ label }) => label),
  show: (spans) => spans,
  showGold: (spans) => spans,
  textOf: ({ tokens }) => tokens.join(" "),
};

function spansWithin(tags: readonly string[], { labels }: Scope): Spans {
  const spans = spansOfTags(tags).map(({ label, start, end }) => ({ label, start, end }));
  return labels === undefined ? spans : spans.filter(({ label }) => labels.includes(label));
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
  const odd = tags.findIndex((tag) => tag !== "O" && !labelOfTag(tag));
  if (odd === -1) return;
  const advice = "Tags are O, B-TYPE or I-TYPE: convert the file, or check which column holds the tags.";
  throw new BifocalError("invalid-input", `${where} has a tag that is not IOB2, at token ${odd + 1}. ${advice}`);
}
