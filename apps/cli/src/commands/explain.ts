import {
  type AnyModel,
  BifocalError,
  type Classifier,
  canExplain,
  canExplainTags,
  type Explains,
  type ExplainsTags,
  openModel,
  parseTask,
  type Tagger,
} from "bifocal";
import { withDownloads } from "../downloads.js";
import { openNamed } from "../open-named.js";
import { explanationLines, tagExplanationLines } from "../present/explanation.js";
import { styleFor } from "../present/style.js";
import { print, type Session } from "../session.js";
import { type DefineCommand, examples } from "./command.js";

interface ExplainCommandOptions {
  readonly task: string;
  readonly model?: string;
  readonly label?: string;
  readonly json?: boolean;
}

/** `bifocal explain`: what each word of a text says for a label, or each feature of a word for its tag. */
export const defineExplain: DefineCommand = (program, session) => {
  program
    .command("explain")
    .argument("<texts...>", "texts; quote each")
    .description("why a classifier decides as it does, or a chain tags so: what each word or feature adds to the score")
    .option("--task <task>", "whose own model to ask", "sentiment-analysis")
    .option("--model <id>", "a model's name, or the path of a model file")
    .option("--label <label>", "explain this label's score; default: the one that the model decides for")
    .option("--json", "a JSON object a line for each text")
    .addHelpText(
      "after",
      examples(
        'bifocal explain "A warm, funny film, but too long."',
        'bifocal explain "Claim your free prize now" --model naive-bayes-spam-en',
        'bifocal explain "A dull film." --label positive --json',
        'bifocal explain "Ada lives in Turin." --model crf-entities-en-ewt',
      ),
    )
    .action((texts: string[], options: ExplainCommandOptions) => explain(texts, options, session));
};

async function explain(
  texts: readonly string[],
  { task, model: name, label, json }: ExplainCommandOptions,
  session: Session,
): Promise<void> {
  await using model = await openExplaining(task, name, session);
  if ("tag" in model) return explainTags(model, texts, { label, json }, session);
  const explanations = await model.explain(texts, { ...(label !== undefined && { label }), signal: session.signal });
  const style = styleFor(session.stdout);
  const lines = explanations.flatMap((explanation, i) =>
    json
      ? [JSON.stringify(explanation)]
      : explanationLines(texts[i] ?? "", explanation, style, session.stdout.columns ?? 100),
  );
  await print(session, `${lines.join("\n")}\n`);
}

async function explainTags(
  model: Tagger & ExplainsTags,
  texts: readonly string[],
  { label, json }: Pick<ExplainCommandOptions, "label" | "json">,
  session: Session,
): Promise<void> {
  if (label !== undefined)
    throw new BifocalError("invalid-input", `--label is for classifiers; ${model.card.id} explains the tags it gives.`);
  const explanations = await model.explainTags(texts, { signal: session.signal });
  const [style, width] = [styleFor(session.stdout), session.stdout.columns ?? 100];
  const lines = explanations.flatMap((each) =>
    json ? [JSON.stringify(each)] : tagExplanationLines(each, style, width),
  );
  await print(session, `${lines.join("\n")}\n`);
}

async function openExplaining(
  task: string,
  name: string | undefined,
  session: Session,
): Promise<(Classifier & Explains) | (Tagger & ExplainsTags)> {
  const model: AnyModel = await (name === undefined
    ? withDownloads(session, (options) => openModel(parseTask(task), null, options))
    : openNamed(name, session));
  if ("classify" in model && canExplain(model)) return model;
  if ("tag" in model && canExplainTags(model)) return model;
  const { id, family } = model.card;
  await model[Symbol.asyncDispose]();
  throw new BifocalError(
    "unsupported",
    `${id} (${family}) cannot say why: logistic regression, linear support vector machines, naive Bayes of counts or presence, conditional random fields and MEMMs can.`,
  );
}
