import type { Classifier, ModelCard } from "@bifocal/contracts";
import { ruleClassifier } from "./rule-classifier.js";
import { wordsOf } from "./words.js";

const card: ModelCard = {
  id: "spam-signs-en",
  task: "text-classification",
  paradigm: "rule-based",
  family: "six signs of spam, counted",
  languages: ["en"],
  licence: "MIT",
  source: "six patterns, and how many of them make spam, by sms-spam's train split",
  trainedOn: [],
};

/** What unasked advertising by text message has and what friends write seldom has. */
const signs = [
  /** A number to call or a short code to write to. */
  /\d{5,}|\d{3,}[ -]\d{3,}/,
  /** A sum of money, or the price of a message. */
  /[£$€]\s?\d|\b\d+\s?(p|pence|ppm)\b/i,
  /** An address on the web. */
  /\bwww\.|https?:|\.(com|net|org|uk)\b/i,
  /** Something to be had. */
  /\b(win|winner|won|prizes?|awarded|free|claim|bonus|cash|guaranteed|reward|offers?|vouchers?|gift)\b/i,
  /** An order what to do with the telephone. */
  /\b(call|text|txt|reply|click|send|sms|stop|unsubscribe|subscribe)\b/i,
  /** A word in capitals, as in WINNER or FREE. */
  /\b[A-Z]{4,}\b/,
] as const;

/** So many of the six make spam: more right than 2 or 4 on the train split of sms-spam, the only data that was looked at. */
const enough = 3;

const labels = ["ham", "spam"] as const;

/**
 * Spam in English text messages by six plain signs: a number to call, a sum of money, an address on the web, something
 * to win, an order to call or reply, a word in capitals. Three of them make spam. The margin is how many signs there are
 * above or below two and a half.
 * @example await spamSigns().classify(["WINNER!! Claim your prize: call 09061701461"]) // spam
 */
export function spamSigns(): Classifier {
  return ruleClassifier(card, labels, (text) => {
    const found = signs.filter((sign) => sign.test(text)).length;
    const margin = found - (enough - 0.5);
    return { margins: [-margin, margin], tokens: wordsOf(text).length };
  });
}
