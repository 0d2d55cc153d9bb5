import { BifocalError, type Classifier, canExplain, type Explains, openModel, parseTask } from "bifocal";
import { withDownloads } from "../downloads.js";
import { openNamed } from "../open-named.js";
import { explanationLines } from "../present/explanation.js";
import { styleFor } from "../present/style.js";
import { print, type Session } from "../session.js";
import { type DefineCommand, examples } from "./command.js";

interface ExplainCommandOptions {
  readonly task: string;
  readonly model?: string;
  readonly label?: string;
  readonly json?: boolean;
}

/** `bifocal explain`: what each word of a text says for a label. */
export const defineExplain: DefineCommand = (program, session) => {
  program
    .command("explain")
    .argument("<texts...>", "texts; quote each")
    .description("why a classifier decides as it does: what each word adds to the score")
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
  const explanations = await model.explain(texts, { ...(label !== undefined && { label }), signal: session.signal });
  const style = styleFor(session.stdout);
  const lines = explanations.flatMap((explanation, i) =>
    json
      ? [JSON.stringify(explanation)]
      : explanationLines(texts[i] ?? "", explanation, style, session.stdout.columns ?? 100),
  );
  await print(session, `${lines.join("\n")}\n`);
}

async function openExplaining(
  task: string,
  name: string | undefined,
  session: Session,
): Promise<Classifier & Explains> {
  const model = await (name === undefined
    ? withDownloads(session, (options) => openModel(parseTask(task), null, options))
    : openNamed(name, session));
  if ("classify" in model && canExplain(model)) return model;
  const { id, family } = model.card;
  await model[Symbol.asyncDispose]();
  throw new BifocalError(
    "unsupported",
    `${id} (${family}) cannot say why: logistic regression, linear support vector machines and naive Bayes can.`,
  );
}
