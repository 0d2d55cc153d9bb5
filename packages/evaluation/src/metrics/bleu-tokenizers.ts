import { splitAtSpace } from "./python-text.js";

const entities: Readonly<Record<string, string>> = { "&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** mteval's tokenizer, version 13a, as sacreBLEU has it: the one that published figures are made with. */
function tokenize13a(text: string): string[] {
  let line = text.replaceAll("<skipped>", "").replaceAll("-\n", "").replaceAll("\n", " ");
  for (const [entity, character] of Object.entries(entities)) line = line.replaceAll(entity, character);
  return splitAtSpace(
    ` ${line} `
      .replace(/[{-~[-` -&(-+:-@/]/gu, " $& ")
      .replace(/([^0-9])([.,])/gu, "$1 $2 ")
      .replace(/([.,])([^0-9])/gu, " $1 $2")
      .replace(/([0-9])(-)/gu, "$1 $2 "),
  );
}

/** Parts punctuation and symbols of any script from what is beside them, but for marks within numbers. */
function tokenizeInternational(text: string): string[] {
  return splitAtSpace(
    text
      .replace(/(\P{N})(\p{P})/gu, "$1 $2 ")
      .replace(/(\p{P})(\P{N})/gu, " $1 $2")
      .replace(/\p{S}/gu, " $& "),
  );
}

/** How a text is cut before its n-grams are counted, under sacreBLEU's names. */
export const bleuTokenizers = {
  "13a": tokenize13a,
  intl: tokenizeInternational,
  char: (text: string) => [...text].flatMap(splitAtSpace),
  none: splitAtSpace,
} satisfies Record<string, (text: string) => string[]>;

export type BleuTokenizer = keyof typeof bleuTokenizers;
