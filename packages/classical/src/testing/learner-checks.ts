import assert from "node:assert/strict";
import { type AnyModel, hasDensity } from "@bifocal/contracts";
import { type Check, classifierChecks, densityChecks, generatorChecks, taggerChecks } from "@bifocal/contracts/testing";
import type { Learner } from "../learner.js";
import { openModel, trainModel } from "../learners.js";
import type { SavedModel } from "../model-file.js";
import { courseChecks } from "./course-checks.js";
import { equivalenceChecks } from "./equivalence-checks.js";
import { refusalChecks } from "./refusal-checks.js";
import { sameModelChecks } from "./same-model-checks.js";
import type { Items, Subject } from "./subject.js";

export interface LearnerCheckOptions {
  /** Settings to check the learner with; default: its own defaults. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** How far scores may lie apart where trainings differ in rounding and in where they stop. Default 1e-3. */
  readonly tolerance?: number;
  /**
   * Checks that do not hold for the learner, by name, each with the reason. They are turned round: one that holds after
   * all fails, so that the list stays true.
   */
  readonly except?: Readonly<Record<string, string>>;
}

/**
 * The conformance suite of learners: what holds for every learner of the table, on items of the kind that it reads, and
 * the conformance suite of the models that it makes. Other learners may be checked too, as long as their params are of a
 * kind that this package opens.
 * @example
 * for (const learner of Object.values(learners))
 *   for (const { name, run } of learnerChecks(learner, sampleItems[learner.reads])) test(`${learner.name} ${name}`, run);
 */
export function learnerChecks(
  learner: Learner,
  items: Items,
  { settings = {}, tolerance = 1e-3, except = {} }: LearnerCheckOptions = {},
): Check[] {
  const train: Subject["train"] = (from, options) => trainModel(learner, from, { id: "checked", settings, ...options });
  const subject = { learner, items, settings, tolerance, train };
  const checks = [
    ...sameModelChecks(subject),
    ...equivalenceChecks(subject),
    ...refusalChecks(subject),
    ...courseChecks(subject),
    ...modelChecks(subject),
  ];
  const unknown = Object.keys(except).filter((name) => checks.every((check) => check.name !== name));
  assert.deepEqual(unknown, [], "there are no such checks");
  return checks.map((check) => (Object.hasOwn(except, check.name) ? turned(check, except[check.name]) : check));
}

function turned({ name, run }: Check, reason: string): Check {
  return {
    name: `is not expected to hold: ${name} (${reason})`,
    run: () => assert.rejects(run(), assert.AssertionError, `"${name}" holds after all`),
  };
}

/** The conformance suite of the models that it makes. */
function modelChecks({ learner: { tasks }, items, train }: Subject): Check[] {
  let trained: Promise<SavedModel> | undefined;
  const open = async (): Promise<AnyModel> => {
    trained ??= train(items);
    return openModel(await trained);
  };
  const opened =
    <M extends AnyModel>(fits: (model: AnyModel) => model is M) =>
    async (): Promise<M> => {
      const model = await open();
      assert.ok(fits(model), `it is no model for ${tasks[0]}`);
      return model;
    };
  if (tasks[0] === "ner") return taggerChecks(opened((model) => "tag" in model));
  if (tasks[0] === "summarization") return generatorChecks(opened((model) => "generate" in model));
  if (tasks[0] !== "text-generation") return classifierChecks(opened((model) => "classify" in model));
  return [
    ...generatorChecks(opened((model) => "generate" in model)),
    ...densityChecks(opened((model) => hasDensity(model))),
  ];
}
