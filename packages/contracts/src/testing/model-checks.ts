import assert from "node:assert/strict";
import { BifocalError } from "../errors.js";
import type { Model } from "../models.js";
import { paradigms, tasks } from "../tasks.js";
import type { Check } from "./check.js";

/** Opens a fresh model for a check, which closes it. */
export type Open<M extends Model<string>> = () => Promise<M> | M;

/** Runs a body on a fresh model and closes it. */
export async function withModel<M extends Model<string>>(
  open: Open<M>,
  body: (model: M) => Promise<void>,
): Promise<void> {
  const model = await open();
  try {
    await body(model);
  } finally {
    await model[Symbol.asyncDispose]();
  }
}

/** What holds for every model, whatever it does; `call` is one call of its main method on some texts. */
export function modelChecks<M extends Model<string>>(
  open: Open<M>,
  call: (model: M, texts: readonly string[], signal?: AbortSignal) => Promise<readonly unknown[]>,
): Check[] {
  return [
    {
      name: "has a whole card",
      run: () =>
        withModel(open, async ({ card }) => {
          assert.ok(card.id.length > 0 && card.family.length > 0 && card.licence.length > 0 && card.source.length > 0);
          assert.ok(
            [...tasks, "feature-extraction"].some((task) => task === card.task) && paradigms.includes(card.paradigm),
          );
        }),
    },
    {
      name: "answers no texts with no results",
      run: () => withModel(open, async (model) => assert.deepEqual(await call(model, []), [])),
    },
    {
      name: "refuses to start once aborted",
      run: () =>
        withModel(open, async (model) => {
          await assert.rejects(
            call(model, ["some text"], AbortSignal.abort()),
            (error) => error instanceof BifocalError && error.code === "aborted",
          );
        }),
    },
    {
      name: "can be closed twice",
      run: () => withModel(open, async (model) => model[Symbol.asyncDispose]()),
    },
  ];
}
