import type { ResultOf, Task } from "bifocal";
import type { ErrorAnswer, ModelsAnswer, RunAnswer } from "../server/answers.js";

/** What to ask of one model about one text. */
export interface Question<T extends Task> {
  readonly task: T;
  readonly text: string;
  readonly model: string;
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

export async function fetchModels(): Promise<ModelsAnswer> {
  return ask("v1/models", {});
}

/** @throws {Error} whose message is for the user; an `AbortError` once the signal has fired. */
export async function runModel<T extends Task>(question: Question<T>, signal: AbortSignal): Promise<ResultOf<T>> {
  const headers = { "content-type": "application/json" };
  const { results } = await ask<RunAnswer<T>>("v1/run", {
    method: "POST",
    headers,
    body: JSON.stringify(question),
    signal,
  });
  const [result] = results;
  if (result === undefined) throw new Error("The server sent no result.");
  return result;
}

async function ask<Answer>(path: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(path, request).catch((error: unknown) => {
    if (request.signal?.aborted) throw error;
    throw new Error("The server does not answer. Is it still running?");
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as Answer;
  const message = (answer as ErrorAnswer | undefined)?.error?.message;
  throw new Error(message ?? `The server answered with status ${response.status} and no reason.`);
}
