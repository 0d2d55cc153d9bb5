import { callOptions, type Task, taskOfPipeline, zeroShotRules } from "bifocal";
import { addInputOptions, type InputOptions, prepareReading } from "../input-options.js";
import { addLabelOptions, type LabelOptions, labelReading } from "../label-options.js";
import { openNamed } from "../open-named.js";
import { evaluationJson, evaluationLines } from "../present/evaluation.js";
import { startProgress } from "../progress.js";
import { scoreModel } from "../score-model.js";
import { print, type Session } from "../session.js";
import { collect, parseSettings, partSettings } from "../set-values.js";
import { type DefineCommand, examples } from "./command.js";

interface EvaluateCommandOptions extends InputOptions, LabelOptions {
  readonly model: string;
  readonly data: string;
  readonly task?: string;
  readonly sentences?: string;
  readonly set?: readonly string[];
  readonly json?: boolean;
}

/** `bifocal evaluate`: a model's figures on labelled data. */
export const defineEvaluate: DefineCommand = (program, session) => {
  const command = program
    .command("evaluate")
    .description(
      "a classifier's accuracy, macro-F1 and log-loss, a tagger's precision, recall, F1 and accuracy over tokens, a summarizer's ROUGE, a translator's BLEU and chrF, or bits per byte and perplexity",
    )
    .requiredOption("--model <id>", "a model's name, the path of a model, or a Hub id")
    .requiredOption(
      "--data <file>",
      "labelled texts (.jsonl, .csv, .tsv), tagged sentences (.conll), texts with summaries or translations, or texts",
    )
    .option("--task <task>", "what the model is for, where its name does not tell")
    .option("--sentences <n>", "how many sentences an extractive summary has; default: the model's own")
    .option(
      "--set <name=value>",
      "how a model writes: numBeams=4, sourceLanguage=fr; labels of yours: labels=sports; may be repeated",
      collect,
    )
    .option("--json", "one JSON object");
  addInputOptions(addLabelOptions(command))
    .addHelpText(
      "after",
      examples(
        "bifocal evaluate --model my.bifocal --data test.jsonl",
        "bifocal evaluate --model my.bifocal --data test.csv --field body --label-field class --json",
        "bifocal evaluate --model crf-entities-en --data wnut17.conll --rename person=PER,location=LOC,product=O",
        "bifocal evaluate --model lexrank-summary-en --data papers.jsonl --sentences 1",
        "bifocal evaluate --model m2m-translation-en-fr --data pairs.tsv --set sourceLanguage=fr --set numBeams=4",
        "bifocal evaluate --model ngram-prose-en --data novel.txt",
        "bifocal evaluate --model org/nli-model --data test.csv --set labels=sports --set labels=politics",
      ),
    )
    .action((options: EvaluateCommandOptions) => evaluate(options, session));
};

async function evaluate(options: EvaluateCommandOptions, session: Session): Promise<void> {
  const { model: name, data, task, sentences, set = [], json } = options;
  const given = sentences === undefined ? set : [...set, `sentences=${sentences}`];
  const rules = { ...callOptions["text-generator"], ...zeroShotRules };
  const { own: zeroShot, others: writing } = partSettings(parseSettings(given, rules, "evaluate"), zeroShotRules);
  const reading = prepareReading(options, session);
  const labels = labelReading(options);
  await using model = await openNamed(name, session, taskOf(task, zeroShot), zeroShot);
  const progress = startProgress(session, "items");
  try {
    const evaluation = await scoreModel(
      model,
      data,
      { ...reading.options, ...labels },
      { signal: session.signal, onProgress: progress.update },
      writing,
    );
    progress.end();
    const lines = json ? [JSON.stringify(evaluationJson(evaluation))] : evaluationLines(evaluation);
    await print(session, `${lines.join("\n")}\n`);
  } finally {
    progress.end();
    reading.tellSkipped();
  }
}

/** Labels of one's own are for classification. */
function taskOf(given: string | undefined, zeroShot: object): Task | undefined {
  if (given !== undefined) return taskOfPipeline(given);
  return Object.keys(zeroShot).length > 0 ? "text-classification" : undefined;
}
