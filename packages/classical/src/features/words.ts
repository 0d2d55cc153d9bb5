import type { Span } from "@bifocal/contracts";

const address = String.raw`(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>".,;:!?)'\]]`;
const mail = String.raw`[\p{L}\p{N}_.+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}`;
const site = String.raw`[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,3}\.(?:com|org|net|edu|gov|io)(?![\p{L}\p{N}])`;
const handle = String.raw`[@#][\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*`;
const initials = String.raw`(?:\p{L}\.){2,}`;
const title = String.raw`(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Rev|Hon|Inc|Ltd|Co|Corp|vs)\.`;
const number = String.raw`\p{N}+(?:[.,:/]\p{N}+)*[\p{L}\p{M}\p{N}]*`;
const word = String.raw`[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*(?:[-'’&][\p{L}\p{M}\p{N}_]+)*`;
const marks = String.raw`([^\s\p{L}\p{M}\p{N}])\1*`;

/** Every quantifier before an alternative can fail is bounded: reading is linear in the length of the text. */
const token = new RegExp([address, mail, site, handle, initials, title, number, word, marks].join("|"), "gu");

const clitic = /(?:n['’]t|['’](?:s|m|d|re|ve|ll))$/iu;

/**
 * The words and marks of a text in order, each where it stands: as in the Penn and Universal Dependencies treebanks,
 * marks apart ("Turin" "."), and "do" "n't", "Ada" "'s"; kept whole are @name, #tag, addresses, 1,000.50, U.S. and Mr.
 * Repeated marks are one ("..."). Any Unicode; white space belongs to none. Linear in the length of the text.
 * @example words("Ada's here.").map(({ text }) => text) // ["Ada", "'s", "here", "."]
 */
export function words(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: match, index } of text.matchAll(token)) {
    const cut = match.length - (clitic.exec(match)?.[0].length ?? 0);
    if (cut > 0) found.push(spanAt(match.slice(0, cut), index));
    if (cut < match.length) found.push(spanAt(match.slice(cut), index + cut));
  }
  return found;
}

function spanAt(text: string, start: number): Span {
  return { text, start, end: start + text.length };
}
