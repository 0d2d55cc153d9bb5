/** Short texts of several kinds and languages: what is wrong with weights shows on any of them. */
export const canaryTexts: readonly string[] = [
  "A great film, warm and funny: I love it.",
  "The food was bad and the service was awful.",
  "The committee meets on Tuesday at half past nine.",
  "Our new phone has a larger screen, but the battery lasts only a day.",
  "Once upon a time there was a king who had three daughters.",
  "Il treno per Torino parte dal binario sette.",
  "the dog eats bread today.",
  "Win a free ticket now! Call 0800 555 0199.",
  "The river rose after days of rain, and many people left their homes.",
];

/** The same for taggers: words, with names of people, places and organizations among them. */
export const canarySentences: readonly (readonly string[])[] = [
  ["Ada", "Lovelace", "met", "Charles", "Babbage", "in", "London", "on", "5", "June", "1833", "."],
  ["Tim", "Cook", "presented", "the", "phone", "at", "Apple", "Park", "in", "Cupertino", "."],
  ["The", "European", "Commission", "fined", "Google", "in", "Brussels", "."],
  ["nothing", "here", "has", "a", "name"],
  ["La", "dottoressa", "Rossi", "lavora", "a", "Torino", "per", "la", "Fiat", "."],
];

/** Tokens that a model that writes is asked for, after each text. */
export const canaryTokens = 16;

/** What models of many languages call English and French; those of one pair need not be told. */
export const canaryLanguages: readonly { readonly sourceLanguage?: string; readonly targetLanguage?: string }[] = [
  {},
  { sourceLanguage: "eng_Latn", targetLanguage: "fra_Latn" },
  { sourceLanguage: "en_XX", targetLanguage: "fr_XX" },
  { sourceLanguage: "en", targetLanguage: "fr" },
  // Those of several targets, which are told no source.
  ...["fra", "fr", "deu", "de", "spa", "es", "eng", "en"].map((targetLanguage) => ({ targetLanguage })),
];
