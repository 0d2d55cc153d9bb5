import type { ModelCard } from "bifocal";
import type { ChosenLens } from "./choice.js";
import { element } from "./element.js";
import { lensPresentations, sentenceOf } from "./presentation.js";

/** A model's place in the results: its card above, its answer below once it comes. */
export interface ModelPanel {
  readonly card: ModelCard;
  readonly paradigm: ChosenLens["paradigm"];
  show(answer: readonly Node[], note: string): void;
  fail(message: string): void;
}

/** A lens with a panel for each of its models, or the reason why it has none. */
export function lensColumn({ paradigm, cards, reason }: ChosenLens): { column: HTMLElement; panels: ModelPanel[] } {
  const { title, about } = lensPresentations[paradigm];
  const column = element("section", { class: `lens lens-${paradigm}`, "aria-label": title });
  column.append(element("h2", {}, title), element("p", {}, about));
  if (reason !== undefined) column.append(element("p", { class: "reason" }, sentenceOf(reason)));
  const made = cards.map((card) => modelPanel(card));
  if (made.length > 0) column.append(element("div", { class: "models" }, ...made.map(({ article }) => article)));
  return { column, panels: made.map(({ panel }) => ({ ...panel, paradigm })) };
}

function modelPanel(card: ModelCard): { article: HTMLElement; panel: Omit<ModelPanel, "paradigm"> } {
  const answer = element("div", { class: "answer" }, "Reading…");
  const article = element("article", { class: "model", "aria-busy": "true", "aria-label": card.id });
  article.append(cardHeader(card), answer);
  const finish = (...content: readonly Node[]): void => {
    answer.replaceChildren(...content);
    article.setAttribute("aria-busy", "false");
  };
  return {
    article,
    panel: {
      card,
      show: (content, note) => finish(...content, element("p", { class: "usage" }, note)),
      fail: (message) => finish(element("p", { class: "answer-error" }, message)),
    },
  };
}

function cardHeader({ id, family, licence, languages }: ModelCard): HTMLElement {
  const facts = [family, licence, ...(languages.length > 0 ? [languages.join(", ")] : [])];
  return element("header", {}, element("h3", {}, id), element("p", {}, facts.join(" · ")));
}
