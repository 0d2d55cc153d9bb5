import type { ModelsAnswer } from "../server/answers.js";
import { type Choice, chattersOf, choiceOfFragment, fragmentOfChoice, lensesOf, variantsOf } from "./choice.js";
import { element } from "./element.js";
import { type Example, examplesOf } from "./examples.js";
import { fillOptionFields, readOptionFields } from "./option-fields.js";
import { findParts, type PageParts } from "./page-parts.js";
import { chatOptions, taskPresentations, titleOfVariant } from "./presentation.js";
import { checkedValue, fillRadioGroup } from "./radio-group.js";
import { type Outcome, showResults } from "./results.js";

/** Brings the page to life: the form follows the URL's fragment, and each look replaces the one before. */
export function startForm(models: ModelsAnswer): void {
  const page = findParts();
  let choice: Choice;
  let current = new AbortController();

  const choose = (): void => {
    current.abort();
    choice = choiceOfFragment(location.hash, models);
    page.results.replaceChildren();
    page.status.textContent = "";
    showChoice(page, models, choice, look);
  };
  const look = async (): Promise<void> => {
    current.abort();
    current = new AbortController();
    await lookAt(page, models, choice, current.signal);
  };

  page.tasks.addEventListener("change", () => goTo(`#${checkedValue(page.tasks) ?? ""}`));
  page.variants.addEventListener("change", () => {
    const variant = checkedValue(page.variants);
    goTo(fragmentOfChoice({ task: choice.task, ...(variant !== undefined && { variant }) }));
  });
  page.form.addEventListener("submit", (event) => {
    event.preventDefault();
    void look();
  });
  page.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) page.form.requestSubmit();
  });
  addEventListener("hashchange", choose);
  choose();
}

function goTo(fragment: string): void {
  location.hash = fragment;
}

function showChoice(page: PageParts, models: ModelsAnswer, choice: Choice, look: () => void): void {
  const { title, about, variants: kinds, options } = taskPresentations[choice.task];
  const titles = models.tasks.map(({ task }) => ({ value: task, title: taskPresentations[task].title }));
  fillRadioGroup(page.tasks, titles, choice.task);
  const variants = variantsOf(models, choice.task).map((value) => ({ value, title: titleOfVariant(value) }));
  fillRadioGroup(page.variants, variants, choice.variant);
  page.variantsLegend.textContent = kinds;
  page.variants.hidden = variants.length === 0;
  page.aboutTask.textContent = about;
  document.title = `${title} · Bifocal`;
  page.examples.replaceChildren(...examplesOf(choice).map((example) => exampleButton(page, example, look)));
  const entry = models.tasks.find(({ task }) => task === choice.task);
  const chats = chattersOf(models, lensesOf(models, choice)).size > 0;
  fillOptionFields(page.optionFields, { ...options, ...(chats && chatOptions) }, entry?.options ?? {});
  page.options.hidden = entry?.default === null || page.optionFields.childElementCount === 0;
}

function exampleButton(page: PageParts, { title, text }: Example, look: () => void): HTMLElement {
  const button = element("button", { type: "button" }, title);
  button.addEventListener("click", () => {
    page.text.value = text;
    look();
  });
  return button;
}

async function lookAt(page: PageParts, models: ModelsAnswer, choice: Choice, signal: AbortSignal): Promise<void> {
  const text = page.text.value;
  if (text.trim() === "" && choice.task !== "text-generation") {
    page.status.textContent = "Write or paste a text first.";
    page.text.focus();
    return;
  }
  page.status.textContent = "Reading…";
  const lenses = lensesOf(models, choice);
  const options = readOptionFields(page.optionFields);
  const look = { task: choice.task, text, options, lenses, chatters: chattersOf(models, lenses) };
  const began = performance.now();
  const outcome = await showResults(page.results, look, signal);
  if (!signal.aborted) page.status.textContent = describeOutcome(outcome, performance.now() - began);
}

function describeOutcome({ answered, failed }: Outcome, milliseconds: number): string {
  if (answered + failed === 0) return "No lens has a model for this task.";
  const models = `${answered} ${answered === 1 ? "model" : "models"} answered in ${describeTime(milliseconds)}`;
  return failed === 0 ? models : `${models}; ${failed} failed`;
}

function describeTime(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.ceil(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
