import type { Classifier, ModelCard } from "@bifocal/contracts";
import { leads, ruleClassifier } from "./rule-classifier.js";
import { wordsOf } from "./words.js";

const card: ModelCard = {
  id: "intent-names-en",
  task: "text-classification",
  paradigm: "rule-based",
  family: "words of each intent's own name, counted",
  languages: ["en"],
  licence: "CC-BY-4.0",
  source: "the names of the intents of banking77 (Casanueva et al. 2020), by no text",
  trainedOn: [],
};

/** The intents of banking77, in words. */
const intents = [
  "refund not showing up",
  "activate my card",
  "age limit",
  "apple pay or google pay",
  "atm support",
  "automatic top up",
  "balance not updated after bank transfer",
  "balance not updated after cheque or cash deposit",
  "beneficiary not allowed",
  "cancel transfer",
  "card about to expire",
  "card acceptance",
  "card arrival",
  "card delivery estimate",
  "card linking",
  "card not working",
  "card payment fee charged",
  "card payment not recognised",
  "card payment wrong exchange rate",
  "card swallowed",
  "cash withdrawal charge",
  "cash withdrawal not recognised",
  "change pin",
  "compromised card",
  "contactless not working",
  "country support",
  "declined card payment",
  "declined cash withdrawal",
  "declined transfer",
  "direct debit payment not recognised",
  "disposable card limits",
  "edit personal details",
  "exchange charge",
  "exchange rate",
  "exchange via app",
  "extra charge on statement",
  "failed transfer",
  "fiat currency support",
  "get disposable virtual card",
  "get physical card",
  "getting spare card",
  "getting virtual card",
  "lost or stolen card",
  "lost or stolen phone",
  "order physical card",
  "passcode forgotten",
  "pending card payment",
  "pending cash withdrawal",
  "pending top up",
  "pending transfer",
  "pin blocked",
  "receiving money",
  "request refund",
  "reverted card payment",
  "supported cards and currencies",
  "terminate account",
  "top up by bank transfer charge",
  "top up by card charge",
  "top up by cash or cheque",
  "top up failed",
  "top up limits",
  "top up reverted",
  "topping up by card",
  "transaction charged twice",
  "transfer fee charged",
  "transfer into account",
  "transfer not received by recipient",
  "transfer timing",
  "unable to verify identity",
  "verify my identity",
  "verify source of funds",
  "verify top up",
  "virtual card not working",
  "visa or mastercard",
  "why verify identity",
  "wrong amount of cash received",
  "wrong exchange rate for cash withdrawal",
];

/** Words that stand in most questions: they tell no intent. */
const common = new Set("a an by for from in is my not of on or the to up with".split(" "));
const words = intents.map((name) => wordsOf(name).filter((word) => !common.has(word)));

/**
 * What a customer of a bank wants, of 77 intents, by the words of the intents' own names: the intent of whose name the
 * largest share stands in the text, a word that more of it begins with included ("transfer" in "transferring"). The
 * margin is how much larger that share is than the best other's; where there is no more, the first of them is answered.
 * @example await intentNames().classify(["I lost my card, or it was stolen."]) // lost or stolen card
 */
export function intentNames(): Classifier {
  return ruleClassifier(card, intents, (text) => {
    const read = wordsOf(text);
    const shares = words.map((name) => share(name, read));
    return { margins: leads(shares), tokens: read.length };
  });
}

function share(name: readonly string[], read: readonly string[]): number {
  const found = name.filter((word) => read.some((each) => each === word || (word.length > 3 && each.startsWith(word))));
  return found.length / (name.length + 1);
}
