import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { spansOfTags, type Tagger } from "@bifocal/contracts";
import type { TaggedSentence } from "../src/learner.js";
import { dataPath, readTexts } from "./data-sets.js";

/** Cities, countries, regions and given names that the shipped models look up. */
export const namesFile = fileURLToPath(new URL("../../models/training/names/names.tsv", import.meta.url));

/** Tagged sentences of a data set: a token, a tab and its tag a line; an empty line ends a sentence. */
export function taggedSentences(file: string): TaggedSentence[] {
  const blocks = readFileSync(dataPath(file), "utf8").trimEnd().split(/\n\n+/);
  return blocks.map((block) => {
    const rows = block.split("\n").map((line) => line.split("\t"));
    return { tokens: rows.map(([token]) => token), tags: rows.map(([, tag]) => tag) };
  });
}

/** Shares from 0 to 1: of tokens whose tag is right, of those that are not in a vocabulary, and F1 of exact spans. */
export async function scoreTagger(
  model: Tagger,
  gold: readonly TaggedSentence[],
  vocabulary: ReadonlySet<string> = new Set(),
): Promise<{ tokens: number; unknown: number; f1: number }> {
  const taggings = await model.tagTokens(gold.map(({ tokens }) => tokens));
  const seen = { all: 0, right: 0, unknown: 0, rightUnknown: 0, hits: 0, spans: 0 };
  for (const [s, { tokens, tags }] of gold.entries()) {
    const answer = taggings[s].tags;
    for (const [i, tag] of tags.entries()) {
      const [isUnknown, isRight] = [!vocabulary.has(tokens[i]), tag === answer[i]];
      seen.all++;
      seen.right += Number(isRight);
      seen.unknown += Number(isUnknown);
      seen.rightUnknown += Number(isUnknown && isRight);
    }
    const [wanted, found] = [tags, answer].map((each) => spansOfTags(each).map((span) => JSON.stringify(span)));
    seen.spans += wanted.length + found.length;
    seen.hits += found.filter((span) => wanted.includes(span)).length;
  }
  const f1 = (2 * seen.hits) / seen.spans;
  return { tokens: seen.right / seen.all, unknown: seen.rightUnknown / seen.unknown, f1 };
}

/** Text that nobody tagged, a paragraph or sentence a line: posts to newsgroups, without their heads, and short sentences. */
export function untaggedText(): string {
  const paragraphs = readTexts("20newsgroups/train.jsonl")
    .flatMap(({ text }) => text.slice(text.indexOf("\n\n")).split(/\n\s*\n/))
    .map((paragraph) =>
      paragraph
        .replace(/^[>|: ]+/gm, "")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .filter((paragraph) => paragraph.length >= 40 && letterShare(paragraph) >= 0.7);
  const pairs = readFileSync(dataPath("tatoeba-en-fr/train.tsv"), "utf8").split("\n");
  return [...paragraphs, ...new Set(pairs.map((pair) => pair.split("\t")[0]))].join("\n");
}

function letterShare(text: string): number {
  return (text.match(/\p{L}/gu)?.length ?? 0) / text.length;
}
