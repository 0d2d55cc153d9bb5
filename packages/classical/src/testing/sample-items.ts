import { seededRandom } from "@bifocal/contracts";
import type { LabelledText, PlainText, SummarizedText, TaggedSentence, TrainingItems } from "../learner.js";

const topics: Readonly<Record<string, readonly string[]>> = {
  music: ["guitar", "song", "choir", "melody", "drum"],
  sport: ["match", "goal", "runner", "trophy", "coach"],
  weather: ["rain", "cloud", "storm", "sunny", "frost"],
};
const common = ["the", "a", "of", "today", "we", "saw", "good"];
const names = ["Ada", "Grace", "Alan", "Emmy"];
const places = ["Turin", "Rome", "Vienna", "York"];

/** Small items of each kind, always the same, that a learner can learn from: three labels, two entity types, a few texts, and some with summaries. */
export const sampleItems: { readonly [K in keyof TrainingItems]: readonly TrainingItems[K][] } = {
  "labelled-texts": labelledTexts(),
  "tagged-sentences": taggedSentences(),
  texts: labelledTexts().map(({ text }): PlainText => ({ text })),
  "summarized-texts": summarizedTexts(),
};

function labelledTexts(): LabelledText[] {
  const random = seededRandom(1);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)];
  const labels = Object.keys(topics);
  return Array.from({ length: 36 }, (_, i) => {
    const label = labels[i % labels.length];
    const words = Array.from({ length: 7 }, () => {
      const chance = random();
      if (chance < 0.5) return pick(common);
      return pick(topics[chance < 0.85 ? label : pick(labels)]);
    });
    return { text: `${words.join(" ")}.`, label };
  });
}

function taggedSentences(): TaggedSentence[] {
  const random = seededRandom(2);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)];
  return Array.from({ length: 40 }, () => ({
    tokens: [pick(names), pick(["lives", "slept"]), "in", pick(places), pick(["now", "."])],
    tags: ["B-PER", "O", "O", "B-LOC", "O"],
  }));
}

/** Summaries say again what a sentence that begins with a cue says. */
function summarizedTexts(): SummarizedText[] {
  const random = seededRandom(3);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)];
  return Array.from({ length: 24 }, () => {
    const found = `${pick(names)} found a ${pick(topics.music)} in ${pick(places)}`;
    const others = Array.from({ length: 4 }, () => {
      const [first, second] = [pick(topics.weather), pick(topics.sport)];
      return `It was ${pick(common)} ${first} for the ${second} of ${pick(names)}.`;
    });
    others.splice(Math.floor(random() * 5), 0, `We show that ${found}.`);
    return { text: others.join(" "), summaries: [`${found}.`, "A find."] };
  });
}
