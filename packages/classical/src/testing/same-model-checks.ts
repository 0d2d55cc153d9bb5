import assert from "node:assert/strict";
import type { Check } from "@bifocal/contracts/testing";
import { openModel, openModelFile } from "../learners.js";
import { encodeModel } from "../model-file.js";
import type { TrainingOptions } from "../training/train-options.js";
import { answersOf, assertSameAnswers } from "./answers.js";
import { type Items, probesOf, type Subject } from "./subject.js";

/** Trainings that must give the same model to the bit. */
export function sameModelChecks({ items, train }: Subject): Check[] {
  const bytes = async (options?: TrainingOptions) => Buffer.from(encodeModel(await train(items, options)));
  const same = (a: Buffer, b: Buffer): void => assert.ok(a.equals(b), "the models differ");
  return [
    {
      name: "training twice agrees to the bit",
      run: async () => same(await bytes({ seed: 3 }), await bytes({ seed: 3 })),
    },
    {
      name: "one worker and two agree to the bit",
      run: async () => same(await bytes({ workers: 1 }), await bytes({ workers: 2 })),
    },
    {
      name: "items that come one after another learn the same bits as a list",
      run: async () => same(Buffer.from(encodeModel(await train(oneByOne(items)))), await bytes()),
    },
    {
      name: "a model answers to the bit as before once saved and loaded",
      run: async () => {
        const trained = await train(items);
        const texts = probesOf(items);
        const read = openModelFile(encodeModel(trained));
        assertSameAnswers(await answersOf(read, texts), await answersOf(openModel(trained), texts), 0);
      },
    },
  ];
}

async function* oneByOne(items: Items): AsyncIterable<Items[number]> {
  yield* items;
}
