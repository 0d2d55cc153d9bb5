/** How a vocabulary file is written: `word: number`, or `word: { pol }`, `{ polarity }`, or that with other forms in `sense`. */
export type LexiconFormat = "afinn" | "senticon" | "pattern" | "sentiws";

/** Where a language's sentiment vocabulary is from, and which of its words negate those that follow. */
export interface NaturalLexicon {
  /** The vocabulary, as its authors call it. */
  readonly vocabulary: string;
  readonly format: LexiconFormat;
  /** File below natural's folder of sentiment data; none for the English AFINN, which is a package of its own. */
  readonly file?: string;
  /** SPDX id of the vocabulary's own licence, not of the package that carries it. */
  readonly licence: string;
  readonly negations: readonly string[];
}

/**
 * The languages of natural's sentiment data, by BCP 47 tag, with the vocabulary used for each. natural itself is MIT,
 * but its files name no licence, so these are what the authors of each vocabulary say: Pattern's lists are PDDL, its
 * Italian one only comes inside Pattern, which is BSD. AFINN's author asks for the ODbL "or a similar copyleft license",
 * and a translation of a database falls under it too. SentiWS may not be used commercially. ML-SentiCon, which holds
 * lemmas only, asks to be cited and names no licence.
 */
export const naturalLexicons = {
  en: {
    vocabulary: "AFINN-165",
    format: "afinn",
    licence: "ODbL-1.0",
    // "t" is what is left of "don't" when apostrophes part words.
    negations: ["not", "no", "never", "neither", "nor", "without", "cannot", "nobody", "nothing", "hardly", "t"],
  },
  es: {
    vocabulary: "AFINN, translated",
    format: "afinn",
    file: "Spanish/afinnShortSortedSpanish.json",
    licence: "ODbL-1.0",
    negations: ["no", "nunca", "jamás", "ni", "sin", "nada", "nadie", "tampoco"],
  },
  pt: {
    vocabulary: "AFINN, translated",
    format: "afinn",
    file: "Portuguese/afinnShortSortedPortuguese.json",
    licence: "ODbL-1.0",
    negations: ["não", "nunca", "jamais", "nem", "sem", "nada", "ninguém"],
  },
  it: {
    vocabulary: "Pattern",
    format: "pattern",
    file: "Italian/pattern-sentiment-it.json",
    licence: "BSD-3-Clause",
    negations: ["non", "mai", "né", "senza", "nessun", "nessuno", "nessuna", "niente", "nulla", "mica"],
  },
  fr: {
    vocabulary: "Pattern",
    format: "pattern",
    file: "French/pattern-sentiment-fr.json",
    licence: "PDDL-1.0",
    negations: ["ne", "n", "pas", "jamais", "rien", "aucun", "aucune", "sans", "ni"],
  },
  nl: {
    vocabulary: "Pattern",
    format: "pattern",
    file: "Dutch/pattern-sentiment-nl.json",
    licence: "PDDL-1.0",
    negations: ["niet", "nooit", "niemand", "niets", "nee", "neen", "geen", "zonder"],
  },
  de: {
    vocabulary: "SentiWS",
    format: "sentiws",
    file: "German/pattern-sentiment-de.json",
    licence: "CC-BY-NC-SA-3.0",
    negations: ["nicht", "nein", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "ohne"],
  },
  ca: {
    vocabulary: "ML-SentiCon",
    format: "senticon",
    file: "Catalan/senticon_ca.json",
    licence: "LicenseRef-unknown",
    negations: ["no", "mai", "cap", "ni", "res", "gens", "sense"],
  },
  eu: {
    vocabulary: "ML-SentiCon",
    format: "senticon",
    file: "Basque/senticon_eu.json",
    licence: "LicenseRef-unknown",
    negations: ["ez", "ezin", "inoiz"],
  },
  gl: {
    vocabulary: "ML-SentiCon",
    format: "senticon",
    file: "Galician/senticon_gl.json",
    licence: "LicenseRef-unknown",
    negations: ["non", "nunca", "xamais", "nin", "nada", "sen"],
  },
} as const satisfies Record<string, NaturalLexicon>;

/** A language with a sentiment vocabulary, as a BCP 47 tag. */
export type NaturalLanguage = keyof typeof naturalLexicons;

/** Every such language. */
export const naturalLanguages = Object.keys(naturalLexicons) as NaturalLanguage[];
