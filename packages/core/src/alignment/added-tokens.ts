import type { AddedToken, TokenizerParts } from "./tokenizer-parts.js";

/** A stretch of a text: a token that a vocabulary takes whole wherever it stands ("[SEP]"), or what is between two. */
export interface Section {
  readonly start: number;
  readonly end: number;
  /** The id of the token. */
  readonly id?: number;
}

/** Cuts a text at the tokens that were added to a vocabulary; of two that begin alike the longer is taken. */
export type CutAtAddedTokens = (text: string) => Section[];

/** @param normalized those that are looked for in the text once it is normalized, or those that are before */
export function addedTokenCutter(tokenizer: TokenizerParts, normalized: "normalized" | "as-given"): CutAtAddedTokens {
  const { normalizer } = tokenizer;
  const tokens = new Map<string, AddedToken>();
  for (const token of tokenizer.get_added_tokens_decoder().values()) {
    const later = token.normalized && normalizer !== null;
    if (later !== (normalized === "normalized")) continue;
    tokens.set(later ? normalizer.normalize(token.content) : token.content, token);
  }
  tokens.delete("");
  if (tokens.size === 0) return (text) => [{ start: 0, end: text.length }];
  const longestFirst = [...tokens.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escaped).join("|"), "g");
  return (text) => sectionsOf(text, pattern, tokens);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function sectionsOf(text: string, pattern: RegExp, tokens: ReadonlyMap<string, AddedToken>): Section[] {
  const sections: Section[] = [];
  let start = 0;
  let stripsStart = false;
  const between = (end: number, stripsEnd: boolean): void => {
    const part = text.slice(start, end);
    const first = stripsStart ? end - part.trimStart().length : start;
    const last = stripsEnd ? start + part.trimEnd().length : end;
    if (last > first) sections.push({ start: first, end: last });
  };
  for (const { 0: content, index } of text.matchAll(pattern)) {
    const { id, lstrip, rstrip } = tokens.get(content) as AddedToken;
    between(index, lstrip);
    start = index + content.length;
    stripsStart = rstrip;
    sections.push({ start: index, end: start, id });
  }
  between(text.length, false);
  return sections;
}
