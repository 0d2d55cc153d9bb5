import {
  BifocalError,
  type Classification,
  type Classifier,
  type ContractName,
  checkOptions,
  contractOf,
  type GeneratedToken,
  type GenerateOptions,
  type Generation,
  type ModelOfTask,
  type ReadOptions,
  type Tagger,
  type Tagging,
  type TagOptions,
  type Task,
  type TextGenerator,
  throwIfOver,
} from "@bifocal/contracts";
import { type ModelSources, openModelFrom } from "./open-model.js";
import type { OpenOptionsOf } from "./open-options.js";
import { checkPipelineName, type TaskName, type TaskOf, taskOfPipeline } from "./pipeline-names.js";

interface CallOf {
  classifier: { options: ReadOptions; result: Classification };
  tagger: { options: TagOptions; result: Tagging };
  "text-generator": { options: GenerateOptions; result: Generation };
}

/** What a call of the task's pipeline takes beside texts. */
export type OptionsOf<T extends Task> = CallOf[(typeof contractOf)[T]]["options"];

/** What the task's pipeline answers for one text. */
export type ResultOf<T extends Task> = CallOf[(typeof contractOf)[T]]["result"];

interface PipelineBase<T extends Task> extends AsyncDisposable {
  /** One text gives one result, an array an array of the same length and order. */
  (text: string, options?: OptionsOf<T>): Promise<ResultOf<T>>;
  (texts: readonly string[], options?: OptionsOf<T>): Promise<ResultOf<T>[]>;
  readonly task: T;
  readonly model: ModelOfTask[T];
}

interface Streaming {
  /** The pieces of one text as they are written. */
  stream(text: string, options?: GenerateOptions): AsyncIterable<GeneratedToken>;
}

/** A model ready to be called. `await using` closes it; a call after that is refused with `invalid-input`. */
export type Pipeline<T extends Task> = PipelineBase<T> & (ModelOfTask[T] extends TextGenerator ? Streaming : unknown);

/** Opens the pipeline of a task: see `openModelFrom` for what `model` may be. */
export type OpenPipeline = <N extends TaskName>(
  task: N,
  model?: string | null,
  options?: OpenOptionsOf<TaskOf<N>>,
) => Promise<Pipeline<TaskOf<N>>>;

/** The function `pipeline`, bound to where its models come from. */
export function createPipeline(sources: ModelSources): OpenPipeline {
  return async (name, model = null, options) => {
    const task = taskOfPipeline(name) as TaskOf<typeof name>;
    if (model !== null && typeof model !== "string") {
      throw new BifocalError("invalid-input", "The model must be an id or a path, or null for the task's default.");
    }
    const given = { ...options } as OpenOptionsOf<typeof task>;
    checkPipelineName(name, model, given);
    return pipelineOf(task, await openModelFrom(sources, task, model, given));
  };
}

/** A pipeline over a model that is open already. */
export function pipelineOf<T extends Task>(task: T, model: ModelOfTask[T]): Pipeline<T> {
  const answer = answerWith[contractOf[task]] as Answer<T>;
  let closed = false;
  function call(text: string, options?: OptionsOf<T>): Promise<ResultOf<T>>;
  function call(texts: readonly string[], options?: OptionsOf<T>): Promise<ResultOf<T>[]>;
  async function call(input: string | readonly string[], options: OptionsOf<T> = {}) {
    const texts = checkTexts(input);
    if (closed) throw closedError(task, model.card.id);
    checkOptions(task, options);
    throwIfOver(options);
    const results = await answer(model, texts, options);
    return typeof input === "string" ? results[0] : results;
  }
  const stream = (text: string, options: GenerateOptions = {}) => {
    if (typeof text !== "string")
      throw new BifocalError("invalid-input", `A stream takes one text, not ${typeof text}.`);
    if (closed) throw closedError(task, model.card.id);
    return (model as TextGenerator).stream(text, checkOptions(task, options));
  };
  return Object.assign(call, {
    task,
    model,
    ...(contractOf[task] === "text-generator" && { stream }),
    [Symbol.asyncDispose]: () => {
      closed = true;
      return model[Symbol.asyncDispose]();
    },
  }) as Pipeline<T>;
}

function closedError(task: Task, id: string): BifocalError {
  return new BifocalError("invalid-input", `The pipeline for ${task} with ${id} is closed. Open another one.`);
}

type Answer<T extends Task> = (
  model: ModelOfTask[T],
  texts: readonly string[],
  options: OptionsOf<T>,
) => Promise<ResultOf<T>[]>;

const answerWith = {
  classifier: (model: Classifier, texts: readonly string[], options: ReadOptions) => model.classify(texts, options),
  tagger: (model: Tagger, texts: readonly string[], options: TagOptions) => model.tag(texts, options),
  "text-generator": (model: TextGenerator, texts: readonly string[], options: GenerateOptions) =>
    model.generate(texts, options),
} satisfies Record<ContractName, unknown>;

/** @throws {BifocalError} `invalid-input` unless the input is a text or an array of texts. */
function checkTexts(input: unknown): readonly string[] {
  if (typeof input === "string") return [input];
  if (!Array.isArray(input))
    throw new BifocalError("invalid-input", `A pipeline takes a text or an array of texts, not ${typeof input}.`);
  const odd = input.findIndex((each) => typeof each !== "string");
  if (odd >= 0)
    throw new BifocalError("invalid-input", `Item ${odd} of the array is ${typeof input[odd]}, not a text.`);
  return input;
}
