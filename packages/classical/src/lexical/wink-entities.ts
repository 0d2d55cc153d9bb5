import {
  type CallOptions,
  type Entity,
  type ModelCard,
  refuseNBest,
  refusePieceOptions,
  type Tagger,
  type Tagging,
  type TokenSpan,
  type TokenTagging,
  tagsOfSpans,
  throwIfAborted,
} from "@bifocal/contracts";
import { joinEntities } from "./join-taggers.js";
import { readWithWink, type WinkEntity } from "./wink-read.js";

const card: ModelCard = {
  id: "wink-entities-en",
  task: "ner",
  paradigm: "rule-based",
  family: "finite-state patterns",
  languages: ["en"],
  licence: "MIT",
  source: "wink-nlp 2.4.0 with wink-eng-lite-web-model 1.8.1",
  trainedOn: [],
};

/** All that wink finds but EMOJI and EMOTICON, which name nothing (and of which it sees one in every "https://"). */
const labels = [
  "CARDINAL",
  "DATE",
  "DURATION",
  "EMAIL",
  "HASHTAG",
  "MENTION",
  "MONEY",
  "ORDINAL",
  "PERCENT",
  "TIME",
  "URL",
];

/**
 * Dates, times, amounts and addresses in English text by wink-nlp's rules; no people, places or organizations. Every
 * score is 1. Tokens as given are joined by a space and tagged; a token takes the tag of the first find that touches it.
 * Wink loads at the first call.
 * @example await winkEntities().tag(["They met on 5 June 1833."]) // DATE "5 June 1833" 12-23
 */
export function winkEntities(): Tagger {
  return {
    card,
    labels,
    async tag(texts, options) {
      throwIfAborted(options?.signal);
      refuseNBest(card, options);
      refusePieceOptions(card, options);
      const taggings: Tagging[] = [];
      for (const text of texts) taggings.push(await tagText(text, options));
      return taggings;
    },
    async tagTokens(sentences, options) {
      throwIfAborted(options?.signal);
      refuseNBest(card, options);
      refusePieceOptions(card, options);
      const taggings: TokenTagging[] = [];
      for (const tokens of sentences) taggings.push(await tagSentence(tokens, options));
      return taggings;
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function tagText(text: string, options: CallOptions | undefined): Promise<Tagging> {
  const entities: Entity[] = [];
  let tokens = 0;
  for await (const sentence of readWithWink(text, options)) {
    tokens += sentence.tokens;
    for (const entity of sentence.entities) {
      if (labels.includes(entity.label)) entities.push({ ...withCurrency(text, entity), score: 1 });
    }
  }
  return {
    entities: joinEntities(entities, clockTimes(text)),
    model: card.id,
    usage: { tokens, windows: 1, truncated: false },
  };
}

/** Wink takes a number after $ for money, but after no other sign of a currency. */
function withCurrency(text: string, entity: WinkEntity): WinkEntity {
  const start = entity.start - 1;
  if (entity.label !== "CARDINAL" || !/[£€¥₹]/.test(text.charAt(start))) return entity;
  return { label: "MONEY", text: text.slice(start, entity.end), start, end: entity.end };
}

/** A time of the day in two and two digits, "10:30" or "22:45:10", which wink only knows before "am" and "pm". */
function clockTimes(text: string): Entity[] {
  const times = text.matchAll(/(?<![\p{L}\p{N}:.])(?:[01]\d|2[0-3])(?::[0-5]\d){1,2}(?![\p{L}\p{N}]|[:.]\d)/gu);
  return [...times].map(({ 0: found, index }) => {
    return { label: "TIME", text: found, start: index, end: index + found.length, score: 1 };
  });
}

async function tagSentence(tokens: readonly string[], options: CallOptions | undefined): Promise<TokenTagging> {
  const { entities } = await tagText(tokens.join(" "), options);
  const tags = tagsOfSpans(tokens.length, tokenSpans(tokens, entities));
  return { tags, scores: tags.map(() => 1), model: card.id };
}

/** The tokens that each entity touches in the tokens joined by a space, leaving out those that one before it took. */
function tokenSpans(tokens: readonly string[], entities: readonly Entity[]): TokenSpan[] {
  const spans: TokenSpan[] = [];
  let token = 0;
  let offset = 0;
  for (const { label, start, end } of entities) {
    while (token < tokens.length && offset + tokens[token].length <= start) offset += tokens[token++].length + 1;
    const first = token;
    while (token < tokens.length && offset < end) offset += tokens[token++].length + 1;
    if (token > first) spans.push({ label, start: first, end: token });
  }
  return spans;
}
