import assert from "node:assert/strict";
import type { Check } from "@bifocal/contracts/testing";
import type { LabelledText } from "../learner.js";
import { openModel } from "../learners.js";
import { answersOf } from "./answers.js";
import { assertRejects, probesOf, type Subject } from "./subject.js";

/** What cannot be learned from is refused with a word; what says nothing does no harm. */
export function refusalChecks({ learner: { reads }, items, train }: Subject): Check[] {
  const checks: Check[] = [
    { name: "no items are refused", run: () => assertRejects(train([]), "invalid-input") },
    {
      name: "a setting that it does not have is refused",
      run: () => assertRejects(train(items, { settings: { noSuchSetting: 1 } }), "unknown-option"),
    },
  ];
  if (reads !== "labelled-texts") return checks;
  const labelled = items as readonly LabelledText[];
  checks.push(
    {
      name: "items of one label are refused",
      run: () => assertRejects(train(labelled.map((item) => ({ ...item, label: "same" }))), "invalid-input"),
    },
    {
      name: "texts that are all empty are refused",
      run: () => assertRejects(train(labelled.map((item) => ({ ...item, text: "" }))), "invalid-input"),
    },
    {
      name: "an empty text among the items does no harm",
      run: async () => {
        const empty = [...new Set(labelled.map(({ label }) => label))].map((label) => ({ text: "", label }));
        const model = openModel(await train([...labelled, ...empty]));
        for (const answer of await answersOf(model, ["", ...probesOf(items)]))
          assert.ok([...answer.values()].every(Number.isFinite), "a score is not finite");
      },
    },
  );
  return checks;
}
