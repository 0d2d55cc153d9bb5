import type { Paradigm, Task } from "bifocal";

interface TaskPresentation {
  readonly title: string;
  readonly about: string;
  /** What the task's variants are. */
  readonly variants: string;
  /** Options offered in the form: name and label. */
  readonly options: Readonly<Record<string, string>>;
}

/** The tasks in words. */
export const taskPresentations: Readonly<Record<Task, TaskPresentation>> = {
  "text-classification": {
    title: "Classification",
    about: "Which of several labels fits the text, and how sure each model is.",
    variants: "Subject",
    options: {},
  },
  "sentiment-analysis": {
    title: "Sentiment",
    about: "Whether a sentence is positive, neutral or negative.",
    variants: "Kind",
    options: {},
  },
  ner: {
    title: "Entities",
    about: "People, places, organizations, dates and sums of money, marked where they stand.",
    variants: "Kind",
    options: {},
  },
  summarization: {
    title: "Summary",
    about: "The sentences that carry the text, marked in it.",
    variants: "Kind",
    options: { sentences: "Sentences" },
  },
  translation: {
    title: "Translation",
    about: "The text in another language.",
    variants: "Kind",
    options: { sourceLanguage: "From", targetLanguage: "Into" },
  },
  "text-generation": {
    title: "Generation",
    about: "How a model would go on from where the text ends.",
    variants: "Style",
    options: { maxNewTokens: "Tokens to write", temperature: "Temperature", seed: "Seed" },
  },
};

/** Options offered where a model that writes was trained on conversations. */
export const chatOptions = { chat: "As a conversation", systemPrompt: "What the model is told before" } as const;

/** The lenses in words. */
export const lensPresentations: Readonly<Record<Paradigm, { readonly title: string; readonly about: string }>> = {
  discriminative: {
    title: "Discriminative",
    about: "learns p(label | text), or p(output | text), and is asked to decide",
  },
  generative: { title: "Generative", about: "learns p(text), or p(text, label), and can decide, weigh and write" },
  "rule-based": { title: "Rule-based baseline", about: "lexicons, keywords, graphs: no probability is learned" },
};

const spellings: Readonly<Record<string, string>> = { typescript: "TypeScript" };

/** How a variant is called: "war-and-peace" as "War and peace". */
export function titleOfVariant(variant: string): string {
  return (Object.hasOwn(spellings, variant) && spellings[variant]) || sentenceOf(variant.replaceAll("-", " "));
}

/** With a capital at the start. */
export function sentenceOf(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
