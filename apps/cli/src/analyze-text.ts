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

/** So many models are opened before it is their turn, for a network starts a process: it does while others answer. */
const ahead = 12;

/**
 * A text in every task, through each lens that has a model, one finding a model.
 * @throws {BifocalError} `aborted`; what a model throws becomes a finding.
 */
export async function* analyzeText(text: string, language: string, signal: AbortSignal): AsyncIterable<Finding> {
  const places = placesOf(language);
  const waiting = places.filter(({ model }) => model !== null);
  const opened: Promise<AnyPipeline>[] = [];
  try {
    for (const { task, paradigm, model, reason } of places) {
      throwIfAborted(signal);
      for (const next of waiting.splice(0, ahead - opened.length)) opened.push(open(next, text));
      if (model === null) yield { task, paradigm, model, error: { code: "no-model", message: reason } };
      else {
        const opening = opened.shift() as Promise<AnyPipeline>;
        yield { task, paradigm, model, ...(await answer(opening, text, { ...optionsOf(task, language), signal })) };
      }
    }
  } finally {
    for (const opening of opened)
      await opening.then(
        (run) => run[Symbol.asyncDispose](),
        () => {},
      );
  }
}

type AnyPipeline = Awaited<ReturnType<typeof pipeline<Task>>>;

type Place = Pick<Finding, "task" | "paradigm" | "model"> & { readonly reason: string };

/** Where a finding is looked for: each model of each lens, or the lens where it has none, and why. */
function placesOf(language: string): Place[] {
  return tasks.flatMap((task) =>
    lensesOf(task, language).flatMap(({ paradigm, models, reason = "none is embedded." }) =>
      (models.length === 0 ? [null] : models).map((model) => ({ task, paradigm, model, reason })),
    ),
  );
}

/** Opens the model of a place; that it cannot be is told to whoever waits for it. */
function open({ task, model }: Place, text: string): Promise<AnyPipeline> {
  const opening = openAny(task, model as string, text);
  opening.catch(() => {});
  return opening;
}

async function openAny(task: Task, model: string, text: string): Promise<AnyPipeline> {
  if (task === "translation") refuseLong(text);
  return pipeline(task, model);
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

async function answer(opening: Promise<AnyPipeline>, text: string, options: OptionsOf<Task>) {
  try {
    await using run = await opening;
    return { result: await run(text, options) };
  } catch (error) {
    throwIfAborted(options.signal);
    const code: ErrorCode = error instanceof BifocalError ? error.code : "internal";
    return { error: { code, message: messageOf(error) } };
  }
}
