import type { Span } from "../results.js";

/** Where a sentence may end: its last mark and closing brackets before white space, a full stop of scripts without spaces, or a blank line. */
const mayEnd = /[.!?…؟।॥]+["'”’»›)\]]*(?=\s|$)|[。！？｡．]+["'”’」』】）]*|\n[^\S\n]*\n/gu;

/** Words that end in a stop and mostly go on: titles, initials, what is said in brackets. */
const goesOn =
  /(?:^|[\s("'“‘])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Gen|Col|Capt|Lt|Rev|Hon|Sig|Dott|Mme|Mlle|M|Nr|No|vs|cf|e\.g|i\.e|a\.m|p\.m|(?:\p{L}\.)+\p{L})\.$/u;

/**
 * The sentences of a text in any script, in order and without the white space around them: together they are all of the
 * text that can be seen. By rules alone, in one pass: titles and initials end none, nor does a stop before a small letter.
 * @example sentencesOf("Dr. No left. Who?\n\nNobody").map(({ text }) => text) // ["Dr. No left.", "Who?", "Nobody"]
 */
export function sentencesOf(text: string): Span[] {
  const sentences: Span[] = [];
  let start = 0;
  const push = (end: number): void => {
    const span = trimmed(text, start, end);
    if (span !== undefined) sentences.push(span);
    start = end;
  };
  for (const { 0: mark, index } of text.matchAll(mayEnd)) {
    const end = index + mark.length;
    if (mark.startsWith("\n") || endsHere(text, mark, end)) push(end);
  }
  push(text.length);
  return sentences;
}

/** The stretches of a text between blank lines, in order and without the white space around them. */
export function paragraphsOf(text: string): Span[] {
  const breaks = [...text.matchAll(/\n[^\S\n]*\n/gu)].map(({ index }) => index);
  return [...breaks, text.length].flatMap((end, i) => trimmed(text, breaks[i - 1] ?? 0, end) ?? []);
}

/** How far back and ahead is looked: more than a word, and than the white space between two sentences. */
const around = 24;

function endsHere(text: string, mark: string, end: number): boolean {
  if (/^\s*\p{Ll}/u.test(text.slice(end, end + around))) return false;
  return mark !== "." || !goesOn.test(text.slice(Math.max(0, end - around), end));
}

function trimmed(text: string, from: number, to: number): Span | undefined {
  const part = text.slice(from, to);
  const start = from + part.length - part.trimStart().length;
  const end = from + part.trimEnd().length;
  return end > start ? { text: text.slice(start, end), start, end } : undefined;
}
