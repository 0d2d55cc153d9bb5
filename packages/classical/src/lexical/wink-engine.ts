import type { Document, ItemEntity, ItemSentence, WinkMethods } from "wink-nlp";
import { forgetfulWink } from "./forgetful-wink.js";

/** A sentence or entity that wink found, as the numbers of its first and last token. */
export interface WinkSpan {
  readonly first: number;
  readonly last: number;
}

/** What wink says of a text, in tokens; it tells no offsets. */
export interface WinkReading {
  readonly tokens: readonly string[];
  readonly sentences: readonly (WinkSpan & { readonly polarity: number })[];
  readonly entities: readonly (WinkSpan & { readonly label: string })[];
}

/**
 * Reads a text of a few thousand UTF-16 units: some of wink's rules take quadratic time in an unbroken run. What it says
 * depends on the text alone.
 */
export type WinkEngine = (text: string) => WinkReading;

/** Part-of-speech tags and custom entities are left out: nobody here asks for them. */
const pipe = ["sbd", "negation", "sentiment", "ner"];

let engine: Promise<WinkEngine> | undefined;

/** The one wink of this process, loaded when first asked for (about 0.15 s). */
export function loadWink(): Promise<WinkEngine> {
  engine ??= startWink();
  return engine;
}

async function startWink(): Promise<WinkEngine> {
  const [wink, model] = await Promise.all([import("wink-nlp"), import("wink-eng-lite-web-model")]);
  const read = forgetfulWink(wink.default, model.default, pipe);
  return (text) => read(text, readingOf);
}

function readingOf(document: Document, its: WinkMethods["its"]): WinkReading {
  const sentences: (WinkSpan & { polarity: number })[] = [];
  document.sentences().each((sentence: ItemSentence) => {
    sentences.push({ ...tokenRange(sentence.out(its.span)), polarity: Number(sentence.out(its.sentiment)) });
  });
  const entities: (WinkSpan & { label: string })[] = [];
  document.entities().each((entity: ItemEntity) => {
    entities.push({ ...tokenRange(entity.out(its.span)), label: String(entity.out(its.type)) });
  });
  return { tokens: document.tokens().out(), sentences, entities };
}

function tokenRange(span: number[] | string): WinkSpan {
  return { first: Number(span[0]), last: Number(span[1]) };
}
