import type { CardOf } from "@bifocal/contracts";
import type { HubTask } from "./hub-task.js";
import type { ModelLock } from "./model-lock.js";

/** The card of a model in the Hub's layout, which brings none that we could read. */
export function plainCard<T extends HubTask>(
  id: string,
  { task, family, source }: { readonly task: T; readonly family: string; readonly source: string },
): CardOf<T> {
  return {
    id,
    task,
    paradigm: task === "text-generation" ? "generative" : "discriminative",
    family,
    languages: [],
    licence: "LicenseRef-unknown",
    source,
    trainedOn: [],
  };
}

/** The page of a model on the Hub. */
export function hubPage(id: string): string {
  return `https://huggingface.co/${id}`;
}

/** The card of a pulled model, under the id that opens it. */
export function cardOfPulled({ id, revision, task, family }: ModelLock): CardOf<HubTask> {
  return plainCard(revision === "main" ? id : `${id}@${revision}`, { task, family, source: hubPage(id) });
}
