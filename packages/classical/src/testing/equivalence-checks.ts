import { seededRandom, shuffled } from "@bifocal/contracts";
import type { Check } from "@bifocal/contracts/testing";
import type { TaggedSentence, TrainingItems } from "../learner.js";
import { openModel } from "../learners.js";
import { type Answer, answersOf, assertSameAnswers } from "./answers.js";
import { type Items, probesOf, type Subject } from "./subject.js";

/** Trainings on other items that say the same. */
export function equivalenceChecks({ learner: { reads }, items, tolerance, train }: Subject): Check[] {
  const texts = probesOf(items);
  const answers = async (from: Items): Promise<Answer[]> => answersOf(openModel(await train(from)), texts);
  const checks: Check[] = [
    {
      name: "the order of the items does not matter",
      run: async () =>
        assertSameAnswers(await answers(shuffled(items, seededRandom(5))), await answers(items), tolerance),
    },
  ];
  if (reads !== "labelled-texts" && reads !== "tagged-sentences") return checks;
  checks.push({
    name: "labels may be renamed",
    run: async () => {
      const names = renaming(items);
      const renamed = (await answers(items)).map((answer) => renamedAnswer(answer, names));
      assertSameAnswers(await answers(items.map((item) => renamedItem(item, names))), renamed, tolerance);
    },
  });
  if (reads !== "labelled-texts") return checks;
  const isHeavy = (i: number): boolean => i % 3 === 0;
  checks.push({
    name: "a weight of 2 is the item twice",
    run: async () => {
      const weighted = items.map((item, i) => (isHeavy(i) ? { ...item, weight: 2 } : item));
      const twice = items.flatMap((item, i) => (isHeavy(i) ? [item, item] : [item]));
      assertSameAnswers(await answers(weighted), await answers(twice), tolerance);
    },
  });
  return checks;
}

/** Other names, of which the order is turned round. */
function renaming(items: Items): ReadonlyMap<string, string> {
  const names = new Set(items.flatMap((item) => ("label" in item ? [item.label] : typesOf(item))));
  return new Map([...names].sort().map((name, i, all) => [name, `N${all.length - i}`]));
}

function typesOf(item: TrainingItems[keyof TrainingItems]): string[] {
  return "tags" in item ? item.tags.filter((tag) => tag !== "O").map((tag) => tag.slice(2)) : [];
}

function renamedItem(item: TrainingItems[keyof TrainingItems], names: ReadonlyMap<string, string>) {
  if ("label" in item) return { ...item, label: names.get(item.label) as string };
  return "tags" in item ? { ...item, tags: item.tags.map((tag) => renamedTag(tag, names)) } : item;
}

function renamedTag(tag: TaggedSentence["tags"][number], names: ReadonlyMap<string, string>): string {
  return tag === "O" ? tag : `${tag.slice(0, 2)}${names.get(tag.slice(2))}`;
}

/** Names are labels, or a token's number and its tag. */
function renamedAnswer(answer: Answer, names: ReadonlyMap<string, string>): Answer {
  return new Map(
    [...answer].map(([name, number]) => {
      const [position, tag] = name.split(" ");
      return [tag === undefined ? (names.get(name) as string) : `${position} ${renamedTag(tag, names)}`, number];
    }),
  );
}
