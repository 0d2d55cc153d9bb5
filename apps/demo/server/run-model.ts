import { setImmediate } from "node:timers/promises";
import { type AnyModel, type GenerateOptions, type ResultOf, type Task, throwIfOver } from "bifocal";

/**
 * A model's results for some texts, in order. Texts are answered one by one with a turn of the event loop between
 * them: embedded models compute on the server's own thread, and other requests must come in between.
 */
export async function runModel(
  model: AnyModel,
  texts: readonly string[],
  options: GenerateOptions,
): Promise<ResultOf<Task>[]> {
  const results: ResultOf<Task>[] = [];
  for (const text of texts) {
    await setImmediate();
    throwIfOver(options);
    results.push(...(await answer(model, text, options)));
  }
  return results;
}

function answer(model: AnyModel, text: string, options: GenerateOptions): Promise<readonly ResultOf<Task>[]> {
  if ("classify" in model) return model.classify([text], options);
  if ("tag" in model) return model.tag([text], options);
  return model.generate([text], options);
}
