import type { ContractName, ErrorCode, Lens, ModelListing, OptionRule, ResultOf, Task } from "bifocal";

/** The JSON that the server answers with; the page reads the same types. */
export interface ModelsAnswer {
  readonly tasks: readonly TaskEntry[];
  readonly models: readonly ModelListing[];
}

/** A task: the contract of its models, its default model, its lenses, and the options that a call takes. */
export interface TaskEntry {
  readonly task: Task;
  readonly contract: ContractName;
  /** Id of the model that answers where a request names none; `null` where there is none. */
  readonly default: string | null;
  readonly lenses: readonly Lens[];
  readonly options: Readonly<Record<string, OptionRule>>;
}

/** As many results as texts, in their order. */
export interface RunAnswer<T extends Task = Task> {
  readonly results: readonly ResultOf<T>[];
}

export interface ErrorAnswer {
  readonly error: { readonly code: ErrorCode; readonly message: string };
}
