import { basename } from "node:path";
import { decodeModel, type Learner, learnerNamed, learners, openSavedModel, parseTask } from "bifocal";
import { checkReadable, checkWritable, writeWhole } from "../files.js";
import { addInputOptions, type InputOptions, prepareReading, type Reading } from "../input-options.js";
import { addLabelOptions, type LabelOptions, labelReading } from "../label-options.js";
import { evaluationJson } from "../present/evaluation.js";
import { settingLines } from "../present/settings.js";
import { summaryLines, type TrainSummary } from "../present/train-summary.js";
import { startProgress } from "../progress.js";
import { labelsOfItems, readTrainingItems } from "../read-training-items.js";
import { cannotScore, scoreModel } from "../score-model.js";
import { note, print, type Session } from "../session.js";
import { collect, parseSettings } from "../set-values.js";
import { trainInWorker } from "../train-in-worker.js";
import { type DefineCommand, examples } from "./command.js";

interface TrainCommandOptions extends InputOptions, LabelOptions {
  readonly data: string;
  readonly output: string;
  readonly task?: string;
  readonly dev?: string;
  readonly set?: readonly string[];
  readonly id?: string;
  readonly language?: string;
  readonly licence?: string;
  readonly json?: boolean;
}

/** `bifocal train`: a model file from labelled data. */
export const defineTrain: DefineCommand = (program, session) => {
  const command = program
    .command("train")
    .argument("<learner>", Object.keys(learners).join(", "))
    .description("learn a model from a file of examples, and write it to a file")
    .requiredOption("--data <file>", "labelled texts (.jsonl, .csv, .tsv), tagged sentences (.conll) or texts (.txt)")
    .requiredOption("--output <file>", "the model file; written whole or not at all")
    .option("--task <task>", "what the model is to be for; default: the learner's first task")
    .option("--dev <file>", "data to measure the model on")
    .option("--set <name=value>", "a setting of the learner; may be repeated", collect)
    .option("--id <id>", "name that the model goes by; default: the file's")
    .option("--language <tag>", "language of the texts, for the model's card")
    .option("--licence <spdx>", "licence of the model, for its card: never looser than its data's")
    .option("--json", "the summary as one JSON object");
  addInputOptions(addLabelOptions(command))
    .addHelpText(
      "after",
      examples(
        "bifocal train naive-bayes --data train.jsonl --output my.bifocal --dev dev.jsonl",
        "bifocal train logistic-regression --data train.csv --output my.bifocal --set l2=0.001",
        "bifocal train crf --data train.conll --output entities.bifocal",
      ),
    )
    .addHelpText("after", () =>
      ["", "What learners take with --set:", ...Object.values(learners).flatMap(learnerLines)].join("\n"),
    )
    .action((name: string, options: TrainCommandOptions) => train(name, options, session));
};

function learnerLines({ name, settings, tasks }: Learner): string[] {
  return [`  ${name} (${tasks.join(", ")})`, ...settingLines(settings)];
}

async function train(name: string, options: TrainCommandOptions, session: Session): Promise<void> {
  const learner = learnerNamed(name);
  const settings = parseSettings(options.set ?? [], learner.settings, learner.name);
  const task = options.task === undefined ? undefined : parseTask(options.task);
  await checkWritable(options.output);
  if (options.dev !== undefined) await checkDev(learner, options.dev);
  const reading = prepareReading(options, session);
  const items = await readTrainingItems(options.data, learner.reads, { ...reading.options, ...labelReading(options) });
  const start = performance.now();
  const card = cardOptions(options);
  const trainOptions = { ...card, settings, ...(task !== undefined && { task }) };
  const file = await trainWithProgress({ learner: name, items, options: trainOptions }, session);
  const seconds = Math.round(performance.now() - start) / 1000;
  const dev = options.dev === undefined ? undefined : await measure(file, options.dev, options, reading, session);
  await writeWhole(options.output, file);
  reading.tellSkipped();
  const summary: TrainSummary = {
    learner: name,
    model: card.id,
    items: items.length,
    labels: labelsOfItems(items),
    seconds,
    bytes: file.length,
    output: options.output,
    ...(dev !== undefined && { dev }),
  };
  const lines = options.json ? [JSON.stringify(summary)] : summaryLines(summary);
  await print(session, `${lines.join("\n")}\n`);
}

/** What can be known to fail is refused before the training. */
async function checkDev({ name, reads }: Learner, path: string): Promise<void> {
  if (reads === "texts") throw cannotScore(name);
  await checkReadable(path);
}

async function trainWithProgress(job: Parameters<typeof trainInWorker>[0], session: Session): Promise<Uint8Array> {
  note(session, `Training ${job.learner} on ${job.items.length} items.`);
  const progress = startProgress(session, "iterations");
  try {
    return await trainInWorker(job, session.signal, ({ iteration, iterations }) =>
      progress.update(iteration, iterations),
    );
  } finally {
    progress.end();
  }
}

async function measure(
  file: Uint8Array,
  path: string,
  options: TrainCommandOptions,
  reading: Reading,
  { signal }: Session,
) {
  await using model = openSavedModel(decodeModel(file));
  return evaluationJson(await scoreModel(model, path, { ...reading.options, ...labelReading(options) }, { signal }));
}

function cardOptions({ data, output, id, language, licence }: TrainCommandOptions) {
  return {
    id: id ?? basename(output).replace(/\.bifocal$/, ""),
    trainedOn: [data === "-" ? "stdin" : basename(data)],
    ...(language !== undefined && { languages: [language] }),
    ...(licence !== undefined && { licence }),
  };
}
