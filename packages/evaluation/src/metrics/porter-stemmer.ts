/**
 * Porter's stemmer (1980) with the extensions that NLTK gives it, which rouge_score and so published ROUGE figures use:
 * irregular words, "ies" and "ied" in words of four letters, "y" to "i" after a consonant only, "fulli" and "logi".
 */
export function porterStem(word: string): string {
  const known = Object.hasOwn(irregular, word) ? irregular[word] : undefined;
  if (known !== undefined) return known;
  if (word.length <= 2) return word;
  return [plurals, pastAndProgressive, finalY, nounEndings, adjectiveEndings, lastEndings, finalE, doubleL].reduce(
    (stem, step) => step(stem),
    word,
  );
}

const irregular: Readonly<Record<string, string>> = {
  sky: "sky",
  skies: "sky",
  dying: "die",
  lying: "lie",
  tying: "tie",
  news: "news",
  innings: "inning",
  inning: "inning",
  outings: "outing",
  outing: "outing",
  cannings: "canning",
  canning: "canning",
  howe: "howe",
  proceed: "proceed",
  exceed: "exceed",
  succeed: "succeed",
};

function isConsonant(word: string, i: number): boolean {
  const letter = word[i] ?? "";
  if ("aeiou".includes(letter)) return false;
  return letter !== "y" || i === 0 || !isConsonant(word, i - 1);
}

/** Porter's m: how often vowels are followed by consonants. */
function measure(stem: string): number {
  let count = 0;
  for (let i = 1; i < stem.length; i++) if (isConsonant(stem, i) && !isConsonant(stem, i - 1)) count++;
  return count;
}

function hasVowel(stem: string): boolean {
  return [...stem].some((_, i) => !isConsonant(stem, i));
}

function endsInDouble(word: string): boolean {
  return word.length >= 2 && word.at(-1) === word.at(-2) && isConsonant(word, word.length - 1);
}

/** Ends in consonant, vowel, consonant, the last not w, x or y; NLTK adds words of two letters like "at". */
function endsShort(word: string): boolean {
  const last = word.length - 1;
  if (last === 1) return !isConsonant(word, 0) && isConsonant(word, 1);
  const shape = last >= 2 && isConsonant(word, last) && !isConsonant(word, last - 1) && isConsonant(word, last - 2);
  return shape && !"wxy".includes(word.at(-1) ?? "");
}

type Rule = readonly [ending: string, replacement: string, holds: (stem: string) => boolean];

/** The first rule whose ending the word has decides, whether or not its condition holds. */
function applyFirst(word: string, rules: readonly Rule[]): string {
  for (const [ending, replacement, holds] of rules) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, word.length - ending.length);
    return holds(stem) ? stem + replacement : word;
  }
  return word;
}

const always = (): boolean => true;
const measured = (stem: string): boolean => measure(stem) > 0;
const long = (stem: string): boolean => measure(stem) > 1;

function plurals(word: string): string {
  if (word.endsWith("ies") && word.length === 4) return `${word.slice(0, -3)}ie`;
  return applyFirst(word, [
    ["sses", "ss", always],
    ["ies", "i", always],
    ["ss", "ss", always],
    ["s", "", always],
  ]);
}

function pastAndProgressive(word: string): string {
  if (word.endsWith("ied")) return word.slice(0, -3) + (word.length === 4 ? "ie" : "i");
  if (word.endsWith("eed")) return measured(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const ending = ["ed", "ing"].find((each) => word.endsWith(each) && hasVowel(word.slice(0, -each.length)));
  if (ending === undefined) return word;
  const stem = word.slice(0, -ending.length);
  if (/(at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (endsInDouble(stem)) return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1);
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem;
}

function finalY(word: string): string {
  return applyFirst(word, [["y", "i", (stem) => stem.length > 1 && isConsonant(stem, stem.length - 1)]]);
}

function nounEndings(word: string): string {
  if (word.endsWith("alli") && measured(word.slice(0, -4))) return nounEndings(`${word.slice(0, -4)}al`);
  const logi: Rule = ["logi", "log", (stem) => measured(`${stem}l`)];
  return applyFirst(word, [...rulesOf(measured, nouns), logi]);
}

const nouns =
  "ational:ate tional:tion enci:ence anci:ance izer:ize bli:ble alli:al entli:ent eli:e ousli:ous ization:ize " +
  "ation:ate ator:ate alism:al iveness:ive fulness:ful ousness:ous aliti:al iviti:ive biliti:ble fulli:ful";

function adjectiveEndings(word: string): string {
  return applyFirst(word, rulesOf(measured, "icate:ic ative: alize:al iciti:ic ical:ic ful: ness:"));
}

function lastEndings(word: string): string {
  const ion: Rule = ["ion", "", (stem) => long(stem) && /[st]$/.test(stem)];
  const before = rulesOf(long, "al: ance: ence: er: ic: able: ible: ant: ement: ment: ent:");
  return applyFirst(word, [...before, ion, ...rulesOf(long, "ou: ism: ate: iti: ous: ive: ize:")]);
}

function finalE(word: string): string {
  if (!word.endsWith("e")) return word;
  const stem = word.slice(0, -1);
  return long(stem) || (measure(stem) === 1 && !endsShort(stem)) ? stem : word;
}

function doubleL(word: string): string {
  return word.endsWith("ll") && long(word.slice(0, -1)) ? word.slice(0, -1) : word;
}

function rulesOf(holds: Rule[2], endings: string): Rule[] {
  return endings.split(" ").map((pair): Rule => {
    const [ending = "", replacement = ""] = pair.split(":");
    return [ending, replacement, holds];
  });
}
