import type { LabelledOptions } from "@bifocal/corpus";
import {
  decodeModel,
  type Learner,
  learnerNamed,
  learners,
  openSavedModel,
  scoreSavedModel,
  type TrainingRecord,
} from "bifocal";
import { checkReadable, checkWritable, refuseSameFile, writeWhole } from "../files.js";
import { addInputOptions, prepareReading, type Reading } from "../input-options.js";
import { addLabelOptions, labelReading } from "../label-options.js";
import { evaluationJson } from "../present/evaluation.js";
import { learnerSettingLines } from "../present/settings.js";
import { examinedLines, summaryLines, type TrainSummary } from "../present/train-summary.js";
import { labelsOfItems, readTrainingData, surveyTrainingFile } from "../read-training-items.js";
import { scoreModel } from "../score-model.js";
import { note, print, type Session } from "../session.js";
import { collect } from "../set-values.js";
import { trainInWorker } from "../train-in-worker.js";
import { checkFileSize, checkNeeds } from "../train-memory.js";
import { planOf, type TrainCommandOptions, type TrainPlan } from "../train-plan.js";
import { showTraining } from "../train-progress.js";
import type { Examined, Outcome, TrainJob } from "../train-worker.js";
import { type DefineCommand, examples } from "./command.js";

/** `bifocal train`: a model file from labelled data. */
export const defineTrain: DefineCommand = (program, session) => {
  const command = program
    .command("train")
    .argument("<learner>", Object.keys(learners).join(", "))
    .description("learn a model from a file of examples, and write it to a file")
    .requiredOption(
      "--data <file>",
      "labelled or summarized texts (.jsonl, .csv, .tsv), tagged sentences (.conll) or texts (.txt)",
    )
    .requiredOption("--output <file>", "the model file; written whole or not at all")
    .option("--task <task>", "what the model is to be for; default: the learner's first task")
    .option("--set <name=value>", "a setting of the learner; may be repeated", collect)
    .option("--dev <file>", "data that is not trained on: ends the training at its best there, and measures the model")
    .option("--patience <n>", "end after so many measurements on --dev without gain; 0: never. Default 5")
    .option("--folds <n>", "cross-validation: train on all but one of so many parts, test there, each in turn")
    .option("--fold-field <name>", "field or column that names each text's fold, instead of --folds")
    .option(
      "--search <name=values>",
      "try settings: name=a,b,c or name=from..to; on --dev or by folds (default 5); may be repeated",
      collect,
    )
    .option("--trials <n>", "draw so many settings of the search at random, ranges evenly on a logarithmic scale")
    .option(
      "--metric <name>",
      "what decides: accuracy, macroF1, logLoss; f1, precision, recall, tokenAccuracy; bitsPerByte; rouge1",
    )
    .option("--weight-field <name>", "field or column that says how many texts each text counts as")
    .option("--seed <n>", "of all that is drawn; the same seed gives the same file")
    .option(
      "--workers <n>",
      "threads to use; they change the time and nothing else. Default: one a core for trials, one for the model",
    )
    .option("--force", "train although the memory may not suffice")
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
        "bifocal train logistic-regression --data train.csv --output my.bifocal \\",
        "    --search l2=1e-6..1e-2 --search ngrams=1,2 --trials 20 --metric macroF1",
        "bifocal train crf --data train.conll --output entities.bifocal",
      ),
    )
    .addHelpText(
      "after",
      "\nCtrl+C ends the training and writes the model at its best so far; a second one ends at once and writes nothing.",
    )
    .addHelpText("after", ({ command }) => ["", ...settingHelp(command.args[0])].join("\n"))
    .action((name: string, options: TrainCommandOptions) => train(name, options, session));
};

/** Of the learner that stands before `--help`, or of all. */
function settingHelp(name = ""): string[] {
  const named = Object.hasOwn(learners, name) ? [learnerNamed(name)] : Object.values(learners);
  const taken = named.length === 1 ? `What ${name} takes` : "What learners take";
  return [`${taken} with --set:`, ...learnerSettingLines(named)];
}

async function train(name: string, options: TrainCommandOptions, session: Session): Promise<void> {
  const learner = learnerNamed(name);
  const plan = planOf(learner, options);
  for (const read of [options.data, options.dev ?? "-"]) refuseSameFile(read, options.output);
  await checkWritable(options.output);
  if (options.dev !== undefined) await checkReadable(options.dev);
  const reading = prepareReading(options, session);
  const { job, ...told } = await jobOf(learner, plan, options, reading);
  const start = performance.now();
  const trained = await trainWithProgress(job, told.items, session);
  if (!("file" in trained)) return tellTrials(trained, options, session);
  const seconds = Math.round(performance.now() - start) / 1000;
  const dev = await measure(trained.file, options, reading, session);
  await writeWhole(options.output, trained.file);
  reading.tellSkipped();
  if (session.signal.aborted && trained.training !== undefined) tellKept(trained.training, options.output, session);
  const { file, ...learned } = trained;
  const summary: TrainSummary = {
    learner: name,
    model: plan.options.id,
    ...told,
    seconds,
    bytes: file.length,
    output: options.output,
    ...learned,
    ...(dev !== undefined && { dev }),
  };
  const lines = options.json ? [JSON.stringify(summary)] : summaryLines(summary);
  await print(session, `${lines.join("\n")}\n`);
}

/** What was tried before an interruption is told, and no model is written. */
async function tellTrials(examined: Examined, { json }: TrainCommandOptions, session: Session): Promise<void> {
  note(session, "Interrupted before the model itself was trained, so none is written. What was tried:");
  const lines = json ? [JSON.stringify(examined)] : examinedLines(examined);
  await print(session, `${lines.join("\n")}\n`);
}

/** What is to be done in the thread that trains, and what is told of its items. */
interface PlannedJob {
  readonly job: Omit<TrainJob, "stop">;
  readonly items: number;
  readonly labels: readonly string[];
}

async function jobOf(
  learner: Learner,
  plan: TrainPlan,
  given: TrainCommandOptions,
  reading: Reading,
): Promise<PlannedJob> {
  const { name, reads } = learner;
  const labels = { ...reading.options, ...labelReading(given) };
  const dev = given.dev === undefined ? undefined : (await readTrainingData(given.dev, reads, labels)).items;
  const options = { ...plan.options, ...(dev !== undefined && { dev }) };
  if (learner.trainOnStream !== undefined && plan.examination === undefined && given.data !== "-") {
    const { file, told } = await fileOf(learner, plan, given, labels);
    return { job: { learner: name, items: file, options }, ...told };
  }
  const { weightField, foldField } = given;
  const { examination } = plan;
  if (!given.force) checkFileSize(given.data);
  const { items, foldOf } = await readTrainingData(given.data, reads, { ...labels, weightField, foldField });
  if (!given.force) checkNeeds(learner, items, plan);
  const examined = examination && { ...examination, ...(foldOf !== undefined && { foldOf }) };
  const job = { learner: name, items, options, ...(examined && { examination: examined }) };
  return { job, items: items.length, labels: labelsOfItems(items) };
}

/** The file for the thread to read, after one reading here that shows whether it is whole, and what it needs. */
async function fileOf(learner: Learner, plan: TrainPlan, given: TrainCommandOptions, labels: LabelledOptions) {
  const { data: path, weightField, skipErrors = false } = given;
  const survey = await surveyTrainingFile(path, { ...labels, weightField });
  const told = { items: survey.items, labels: survey.labels };
  const sampleOf = { items: survey.items, labels: survey.labels.length };
  if (!given.force) checkNeeds(learner, survey.sample, plan, sampleOf);
  const { signal: _, onBadRecord: __, ...options } = labels;
  return { file: { path, options: { ...options, weightField }, skipErrors }, told };
}

async function trainWithProgress(job: Omit<TrainJob, "stop">, items: number, session: Session): Promise<Outcome> {
  const { signal } = session;
  note(session, `Training ${job.learner} on ${items} items.`);
  const progress = showTraining(session);
  signal.addEventListener("abort", () =>
    note(session, "\nEnding the training; Ctrl+C again ends at once, without a model."),
  );
  try {
    return await trainInWorker(job, { signal, onMessage: progress.tell });
  } catch (error) {
    if (signal.aborted) note(session, "Nothing was learned yet, so nothing is written.");
    throw error;
  } finally {
    progress.end();
  }
}

/** The model's figures on the dev data; none where the training was interrupted, which is no time to go on measuring. */
async function measure(file: Uint8Array, options: TrainCommandOptions, reading: Reading, { signal }: Session) {
  if (options.dev === undefined || signal.aborted) return undefined;
  await using model = openSavedModel(decodeModel(file));
  const labels = { ...reading.options, ...labelReading(options) };
  if (model.card.task === "summarization") {
    const { items } = await readTrainingData(options.dev, "summarized-texts", labels);
    return { items: items.length, ...(await scoreSavedModel(model, items)) };
  }
  return evaluationJson(await scoreModel(model, options.dev, labels, { signal }));
}

function tellKept({ iterations, objective, ended, dev }: TrainingRecord, output: string, session: Session): void {
  const point = iterations === undefined ? "" : ` after iteration ${iterations}`;
  const reached = objective === undefined ? "" : `, objective ${objective.toPrecision(4)}`;
  const kept = dev === undefined ? "kept as it stood" : "kept as it was best on the dev data";
  const what = ended === "aborted" ? `The model is ${kept},${point}${reached}` : "The model is whole";
  note(session, `${what}: ${output}`);
}
