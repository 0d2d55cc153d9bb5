import type { ModelCard, Paradigm, Task } from "bifocal";
import { expect, test } from "vitest";
import type { ModelsAnswer } from "../server/answers.js";
import { choiceOfFragment, fragmentOfChoice, lensesOf, variantsOf } from "./choice.js";

function listing(id: string, task: Task, paradigm: Paradigm, variant?: string) {
  const rest = { family: "", languages: ["en"], licence: "MIT", source: "", trainedOn: [] };
  const card: ModelCard = { id, task, paradigm, ...rest };
  return { card, default: false, ...(variant !== undefined && { variant }) };
}

const answer: ModelsAnswer = {
  tasks: [
    {
      task: "text-classification",
      contract: "classifier",
      default: "topic-a",
      options: {},
      lenses: [
        { paradigm: "discriminative", models: ["topic-a", "spam-a", "any"] },
        { paradigm: "generative", models: ["topic-b"] },
        { paradigm: "rule-based", models: [], reason: "no rule." },
      ],
    },
  ],
  models: [
    listing("topic-a", "text-classification", "discriminative", "topic"),
    listing("spam-a", "text-classification", "discriminative", "spam"),
    listing("any", "text-classification", "discriminative"),
    listing("topic-b", "text-classification", "generative", "topic"),
  ],
};

test("a lens holds the models of the variant, and those of none", () => {
  const lenses = lensesOf(answer, { task: "text-classification", variant: "spam" });
  expect(lenses.map(({ cards }) => cards.map(({ id }) => id))).toEqual([["spam-a", "any"], [], []]);
  expect(lenses.map(({ reason }) => reason)).toEqual([undefined, "none is embedded for spam.", "no rule."]);
});

test("a fragment names a task and a variant, and comes back as it was", () => {
  const choice = { task: "text-classification", variant: "spam" } as const;
  expect(choiceOfFragment(fragmentOfChoice(choice), answer)).toEqual(choice);
});

test.each(["", "#", "#nothing", "#<script>", "#__proto__"])("the fragment %j gives a task all the same", (fragment) => {
  expect(choiceOfFragment(fragment, answer)).toEqual({ task: "sentiment-analysis" });
});

test("an unknown variant gives the first", () => {
  expect(choiceOfFragment("#text-classification/nothing", answer)).toMatchObject({ variant: "topic" });
  expect(variantsOf(answer, "text-classification")).toEqual(["topic", "spam"]);
});
