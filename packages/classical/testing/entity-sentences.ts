import { seededRandom } from "@bifocal/contracts";
import type { TaggedSentence } from "../src/learner.js";

export const people = ["Ada", "Grace", "Alan", "Emmy", "Kurt"];
export const surnames = ["Lovelace", "Hopper", "Turing", "Noether"];
export const places = ["Turin", "Rome", "Vienna", "York"];

/** Sentences of a small grammar: "Ada Lovelace lives in Turin ." */
export function entitySentences(count: number, seed: number): TaggedSentence[] {
  const random = seededRandom(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)];
  return Array.from({ length: count }, () => {
    const surname = random() < 0.5 ? [pick(surnames)] : [];
    const [verb, place] = random() < 0.7 ? [["lives", "in"], pick(places)] : [["reads", "about"], "mathematics"];
    const tokens = [pick(people), ...surname, ...verb, place, "."];
    return { tokens, tags: tokens.map(entityTag) };
  });
}

function entityTag(token: string): string {
  if (people.includes(token)) return "B-PER";
  if (surnames.includes(token)) return "I-PER";
  return places.includes(token) ? "B-LOC" : "O";
}
