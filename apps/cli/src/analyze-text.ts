import {
  BifocalError,
  contractOf,
  type ErrorCode,
  lensesOf,
  messageOf,
  type OptionsOf,
  type Paradigm,
  pipeline,
  type ResultOf,
  type Task,
  tasks,
  throwIfAborted,
} from "bifocal";

/** What one model answered, or why it or its lens has no answer (`model` is null where the lens has no model). */
export type Finding = { readonly task: Task; readonly paradigm: Paradigm; readonly model: string | null } & (
  | { readonly result: ResultOf<Task> }
  | { readonly error: { readonly code: ErrorCode; readonly message: string } }
);

const maxNewTokens = 40;

/** A neural network translates so much in about a minute: who looks at a text waits no longer. */
const longestTranslated = 20_000;

/**
 * A text in every task, through each lens that has a model, one finding a model.
 * @throws {BifocalError} `aborted`; what a model throws becomes a finding.
 */
export async function* analyzeText(text: string, language: string, signal: AbortSignal): AsyncIterable<Finding> {
  for (const task of tasks) {
    for (const { paradigm, models, reason = "none is embedded." } of lensesOf(task, language)) {
      if (models.length === 0) yield { task, paradigm, model: null, error: { code: "no-model", message: reason } };
      for (const model of models) {
        throwIfAborted(signal);
        yield { task, paradigm, model, ...(await answer(task, model, text, { ...optionsOf(task, language), signal })) };
      }
    }
  }
}

/** What is asked of a model of the task beside the text. */
function optionsOf(task: Task, language: string): OptionsOf<Task> {
  if (contractOf[task] !== "text-generator") return {};
  return { maxNewTokens, ...(task === "translation" && { sourceLanguage: language }) };
}

/** @throws {BifocalError} `too-large` */
function refuseLong({ length }: string): void {
  if (length <= longestTranslated) return;
  throw new BifocalError(
    "too-large",
    `A text of ${length} characters takes minutes to translate, or hours. "bifocal run translation" does; here they are ${longestTranslated} at most.`,
  );
}

async function answer(task: Task, model: string, text: string, options: OptionsOf<Task>) {
  try {
    if (task === "translation") refuseLong(text);
    await using run = await pipeline(task, model);
    return { result: await run(text, options) };
  } catch (error) {
    throwIfAborted(options.signal);
    const code: ErrorCode = error instanceof BifocalError ? error.code : "internal";
    return { error: { code, message: messageOf(error) } };
  }
}
