import type { ModelCard, Paradigm, Task } from "bifocal";
import type { ModelsAnswer } from "../server/answers.js";

/** What the user looks at: a task, and which of its several kinds of model. */
export interface Choice {
  readonly task: Task;
  readonly variant?: string;
}

/** A lens on what was chosen: the models that answer, or why none does. */
export interface ChosenLens {
  readonly paradigm: Paradigm;
  readonly cards: readonly ModelCard[];
  readonly reason?: string;
}

/** The kinds of model that a task has ("topic", "spam"), in the server's order; often none. */
export function variantsOf({ models }: ModelsAnswer, task: Task): string[] {
  return [...new Set(models.filter(({ card }) => card.task === task).flatMap(({ variant }) => variant ?? []))];
}

/** The lenses on a choice. A model without a variant answers for all of them. */
export function lensesOf({ tasks, models }: ModelsAnswer, { task, variant }: Choice): ChosenLens[] {
  const lenses = tasks.find((entry) => entry.task === task)?.lenses ?? [];
  return lenses.map(({ paradigm, models: ids, reason }) => {
    const cards = ids
      .flatMap((id) => models.find(({ card }) => card.id === id) ?? [])
      .filter((listing) => variant === undefined || listing.variant === undefined || listing.variant === variant)
      .map(({ card }) => card);
    if (cards.length > 0) return { paradigm, cards };
    return { paradigm, cards, reason: reason ?? `none is embedded for ${variant ?? task}.` };
  });
}

/** Ids of the models among the lenses' that were trained on conversations. */
export function chattersOf({ models }: ModelsAnswer, lenses: readonly ChosenLens[]): ReadonlySet<string> {
  const chats = new Set(models.filter((listing) => listing.chats === true).map(({ card }) => card.id));
  return new Set(lenses.flatMap(({ cards }) => cards.map(({ id }) => id)).filter((id) => chats.has(id)));
}

/** The choice that a URL's fragment names (`#text-classification/spam`), or the nearest that exists. */
export function choiceOfFragment(fragment: string, answer: ModelsAnswer): Choice {
  const [name, kind] = fragment.replace(/^#/, "").split("/");
  const task = answer.tasks.find((entry) => entry.task === name)?.task ?? "sentiment-analysis";
  const variants = variantsOf(answer, task);
  const variant = variants.find((each) => each === kind) ?? variants[0];
  return variant === undefined ? { task } : { task, variant };
}

/** The inverse of `choiceOfFragment`. */
export function fragmentOfChoice({ task, variant }: Choice): string {
  return variant === undefined ? `#${task}` : `#${task}/${variant}`;
}
