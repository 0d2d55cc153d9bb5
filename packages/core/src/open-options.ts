import {
  BifocalError,
  checkOption,
  didYouMean,
  type OptionRule,
  type Paradigm,
  paradigms,
  type Task,
} from "@bifocal/contracts";
import type { OnnxOptions } from "./onnx-files.js";
import type { OpenZeroShotOptions } from "./open-onnx-zero-shot.js";

/** What opening a model takes. */
export interface OpenOptions extends OnnxOptions {
  /** The lens to look through, where no model is named. */
  readonly paradigm?: Paradigm;
}

/** The option by which a task tells its several default models apart. */
export const variantOption = { "text-classification": "subject", "text-generation": "style" } as const;

type ZeroShotSettings = Omit<OpenZeroShotOptions, keyof OnnxOptions>;

/** What a classifier of labels that its model was not trained on takes, beside what every model does. */
export const zeroShotRules = {
  labels: { type: "texts", about: "classify by these labels, which the model was not trained on" },
  template: { type: "string", about: 'what stands around a label, as "This example is {}."' },
  multiLabel: { type: "boolean", about: "several labels may hold, each with a probability of its own" },
  temperature: { type: "number", above: 0, max: 10, about: "of an embedder: small makes sure, large makes even" },
} as const satisfies Record<keyof ZeroShotSettings, OptionRule>;

interface VariantOptions {
  "text-classification": { readonly subject?: "topic" | "review" | "spam" | "intent" } & Partial<ZeroShotSettings>;
  "text-generation": { readonly style?: "prose" | "verse" | "typescript" };
}

/**
 * The open options of a task: `subject` chooses a text classifier, `style` a writer; with `labels` an ONNX model classifies
 * by labels that it was not trained on (see `openZeroShot`).
 */
export type OpenOptionsOf<T extends Task> = OpenOptions &
  (T extends keyof VariantOptions ? VariantOptions[T] : unknown);

/** The parts of the options, once each is known to the task. @throws {BifocalError} `unknown-option`, `invalid-input`. */
export function checkOpenOptions(task: Task, options: object) {
  const variantName = Object.hasOwn(variantOption, task)
    ? variantOption[task as keyof typeof variantOption]
    : undefined;
  const known = ["paradigm", "dtype", "device", "cacheDir", "signal", "onProgress"].concat(
    variantName ?? [],
    task === "text-classification" ? Object.keys(zeroShotRules) : [],
  );
  const given = options as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    throw new BifocalError(
      "unknown-option",
      `A pipeline for ${task} has no option "${name}". ${didYouMean(name, known)}`,
    );
  }
  const { paradigm, labels, template, multiLabel, temperature, ...onnx } =
    options as OpenOptionsOf<"text-classification">;
  if (paradigm !== undefined && !paradigms.includes(paradigm)) {
    throw new BifocalError("invalid-input", `paradigm must be one of ${paradigms.join(", ")}.`);
  }
  return {
    onnx,
    zeroShot: zeroShotOf({ labels, template, multiLabel, temperature }),
    paradigm: paradigm && { paradigm },
    variant: variantName && variantOf(variantName, given[variantName]),
  };
}

function variantOf(name: string, value: unknown): { name: string; value: string } | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw new BifocalError("invalid-input", `${name} must be a text.`);
  return { name, value };
}

/** What is given of them, where there are labels. @throws {BifocalError} `invalid-input` where there are none, but the others. */
function zeroShotOf({
  labels,
  ...others
}: { readonly [K in keyof ZeroShotSettings]: ZeroShotSettings[K] | undefined }) {
  const given = Object.entries(others).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) checkOption(name, zeroShotRules[name as keyof typeof others], value);
  if (labels !== undefined) return { labels, ...Object.fromEntries(given) };
  if (given[0] === undefined) return undefined;
  throw new BifocalError("invalid-input", `${given[0][0]} is for labels of your own: give labels, too.`);
}
