import { loadPeer } from "./load-peer.mjs";

/** Naive Bayes on the words and pairs of words that our own reads, trained on the items of the bench. */
export function open(items) {
  const classifier = loadPeer("wink-naive-bayes-text-classifier")();
  classifier.definePrepTasks([wordsAndPairs]);
  classifier.defineConfig({ considerOnlyPresence: true, smoothingFactor: 1 });
  for (const { text, label } of items) classifier.learn(text, label);
  classifier.consolidate();
  return (texts) => texts.map((text) => classifier.computeOdds(text));
}

function wordsAndPairs(text) {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]/gu) ?? [];
  return words.concat(words.slice(1).map((word, i) => `${words[i]} ${word}`));
}
