import type { CorpusRecord, Format, ReadContext } from "./format.js";
import { readLines, withoutReturn } from "./lines.js";

interface OpenSentence {
  readonly line: number;
  readonly tokens: string[];
  readonly tags: string[];
  problem?: { readonly line: number; readonly text: string };
}

/** A token and its tag a line, separated by a tab; an empty line ends a sentence. Fields: `tokens`, `tags`, and `text`, the tokens joined by a space. */
export const conll: Format = {
  about: "a token, a tab and its tag a line, and an empty line after each sentence",
  fields: ["tokens", "tags", "text"],
  async *read(bytes, context) {
    let sentence: OpenSentence | undefined;
    for await (const { number, text, problem } of readLines(bytes, context.name)) {
      const line = withoutReturn(text);
      if (problem === undefined && line === "") {
        yield* closed(sentence, context);
        sentence = undefined;
        continue;
      }
      sentence ??= { line: number, tokens: [], tags: [] };
      addToken(sentence, line, number, problem);
    }
    yield* closed(sentence, context);
  },
};

/** Columns between the token and the tag are passed over. */
function addToken(sentence: OpenSentence, line: string, number: number, problem: string | undefined): void {
  const tokenEnd = line.indexOf("\t");
  if (problem !== undefined || tokenEnd < 1) {
    sentence.problem ??= { line: number, text: problem ?? "it is not a token, a tab and a tag" };
    return;
  }
  sentence.tokens.push(line.slice(0, tokenEnd));
  sentence.tags.push(line.slice(line.lastIndexOf("\t") + 1));
}

function* closed(sentence: OpenSentence | undefined, { reject }: ReadContext): Iterable<CorpusRecord> {
  if (sentence === undefined) return;
  const { line, tokens, tags, problem } = sentence;
  if (problem !== undefined) reject(problem.line, problem.text);
  else yield { line, fields: { tokens, tags, text: tokens.join(" ") } };
}
