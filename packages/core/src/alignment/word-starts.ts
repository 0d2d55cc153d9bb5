import { splitWords } from "../discriminative/split-words.js";
import type { PlacedToken } from "./token-offsets.js";

/**
 * Which tokens begin a word. A vocabulary with a sign for tokens that go on a word ("##ing") says so itself; in others a
 * word is what `splitWords` takes for one. The rest of a character that is several tokens never begins one, nor does what
 * follows a token of white space in the same piece: "▁" and "Turin" are one word.
 * @param byVocabulary whether there is such a sign
 */
export function beginsWord(text: string, tokens: readonly PlacedToken[], byVocabulary: boolean): boolean[] {
  const inside = byVocabulary ? () => false : insideWords(text);
  return tokens.map(({ start, goesOn, piece }, i) => {
    const before = tokens[i - 1];
    if (before === undefined) return true;
    if (goesOn || start < before.end) return false;
    const afterSpace = before.start === before.end && before.piece === piece;
    return !afterSpace && !inside(start);
  });
}

/** Whether a place lies inside a word; places must be asked for in order. */
function insideWords(text: string): (place: number) => boolean {
  const words = splitWords(text);
  let next = 0;
  return (place) => {
    while (next < words.length && (words[next]?.end ?? 0) <= place) next++;
    return (words[next]?.start ?? place) < place;
  };
}
