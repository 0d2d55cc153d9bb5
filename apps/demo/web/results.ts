import type { ResultOf, Task } from "bifocal";
import { describeUsage, showAnswer } from "./answers/show-answer.js";
import { type Question, runModel } from "./api.js";
import type { ChosenLens } from "./choice.js";
import { element } from "./element.js";
import { lensColumn, type ModelPanel } from "./lens-column.js";
import { chatOptions } from "./presentation.js";
import { describeVerdict } from "./verdict.js";

/** A text and what to do with it. */
export interface Look {
  readonly task: Task;
  readonly text: string;
  readonly options: Question<Task>["options"];
  readonly lenses: readonly ChosenLens[];
  /** Ids of the models that take the options of a conversation; the others are asked without. */
  readonly chatters: ReadonlySet<string>;
}

/** How a look went: models that answered, models that failed. */
export interface Outcome {
  readonly answered: number;
  readonly failed: number;
}

/** Shows the lenses at once, and each model's answer as it comes. */
export async function showResults(place: HTMLElement, look: Look, signal: AbortSignal): Promise<Outcome> {
  const columns = look.lenses.map(lensColumn);
  const verdict = element("p", { class: "verdict", hidden: "" });
  place.replaceChildren(verdict, ...columns.map(({ column }) => column));
  const panels = columns.flatMap((column) => column.panels);
  const results = await Promise.all(panels.map((panel) => fillPanel(panel, look, signal)));
  const labels = results.map((result) => (result !== undefined && "label" in result ? result.label : undefined));
  const said = describeVerdict(panels.map(({ paradigm }, i) => ({ paradigm, label: labels[i] })));
  verdict.textContent = said ?? "";
  verdict.hidden = said === undefined;
  const answered = results.filter((result) => result !== undefined).length;
  return { answered, failed: panels.length - answered };
}

async function fillPanel(
  panel: ModelPanel,
  { task, text, options: given, chatters }: Look,
  signal: AbortSignal,
): Promise<ResultOf<Task> | undefined> {
  const began = performance.now();
  const options = chatters.has(panel.card.id) ? given : withoutChat(given);
  try {
    const result = await runModel({ task, text, options, model: panel.card.id }, signal);
    const elapsed = Math.round(performance.now() - began);
    panel.show(showAnswer(task, result, text), `${describeUsage(result.usage)} · ${elapsed} ms`);
    return result;
  } catch (error) {
    panel.fail(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function withoutChat(options: Look["options"]): Look["options"] {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !Object.hasOwn(chatOptions, name)));
}
