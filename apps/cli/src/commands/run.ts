import { openWriter, type RecordWriter, readTexts, type TextItem } from "@bifocal/corpus";
import {
  BifocalError,
  callOptions,
  listModels,
  type OptionRule,
  optionsOf,
  paradigms,
  pipeline,
  type Task,
  type TaskName,
  taskOfPipeline,
  variantOption,
  zeroShotRules,
} from "bifocal";
import { annotated } from "../annotate.js";
import { withDownloads } from "../downloads.js";
import { refuseSameFile } from "../files.js";
import { addInputOptions, type InputOptions, prepareReading, type Reading } from "../input-options.js";
import { modelId } from "../open-named.js";
import { resultLine } from "../present/result.js";
import { settingLines } from "../present/settings.js";
import { styleFor } from "../present/style.js";
import { startProgress } from "../progress.js";
import { type Answered, runTexts } from "../run-texts.js";
import { note, print, type Session } from "../session.js";
import { collect, parseSettings, partSettings } from "../set-values.js";
import { type DefineCommand, examples } from "./command.js";

interface RunOptions extends InputOptions {
  readonly input?: string;
  readonly model?: string;
  readonly set?: readonly string[];
  readonly json?: boolean;
  readonly output?: string;
}

const { classifier: classifying, tagger: tagging, "text-generator": writing } = callOptions;

/** `bifocal run`: one model on many texts. */
export const defineRun: DefineCommand = (program, session) => {
  const command = program
    .command("run")
    .argument("<task>", "one of the six tasks, or zero-shot-classification")
    .argument("[texts...]", "texts; quote each")
    .description("run a task's model on texts, or on each text of a file, in order")
    .option("--input <file>", ".txt (a text a line), .jsonl, .csv, .tsv or .conll; - is stdin")
    .option("--model <id>", "a model's name, the path of a model, or a Hub id; default: the task's own")
    .option("--set <name=value>", "an option of the call or the model; may be repeated", collect)
    .option("--json", "a JSON object a line for each text")
    .option("--output <file>", "write records with their results to .jsonl, .csv or .tsv");
  addInputOptions(command)
    .addHelpText(
      "after",
      examples(
        'bifocal run sentiment-analysis "A warm, funny film." "Two hours I will not get back."',
        'bifocal run sentiment-analysis "A warm, funny film." --set paradigm=generative',
        "bifocal run sentiment-analysis --input reviews.csv --field review --output annotated.csv",
        "cat posts.jsonl | bifocal run ner --input - --format jsonl --json --skip-errors",
        'bifocal run text-generation "It was a" --set style=verse --set seed=7',
        'bifocal run zero-shot-classification "It rains." --model org/name --set labels=weather --set labels=sports',
      ),
    )
    .addHelpText("after", () => ["", "What chooses the default model with --set:", ...choosingLines()].join("\n"))
    .addHelpText("after", ["", "What classification takes with --set:", ...settingLines(classifying)].join("\n"))
    .addHelpText(
      "after",
      ["", "What zero-shot-classification takes with --set:", ...settingLines(zeroShotRules)].join("\n"),
    )
    .addHelpText("after", ["", "What ner takes with --set:", ...settingLines(tagging)].join("\n"))
    .addHelpText("after", ["", "What a task that writes takes with --set:", ...settingLines(writing)].join("\n"))
    .action(async (name: string, texts: string[], options: RunOptions) => {
      await runCommand(name, texts, options, session);
    });
};

function choosingLines(): string[] {
  const variants = Object.entries(variantOption).map(([task, name]) => {
    const ofTask = listModels().filter(({ card }) => card.task === task);
    return `${name.padEnd(11)}of ${task}: ${[...new Set(ofTask.flatMap(({ variant }) => variant ?? []))].join(", ")}`;
  });
  const lens = `${"paradigm".padEnd(11)}the lens: ${paradigms.join(", ")}`;
  const precision = `${"dtype".padEnd(11)}the precision of an ONNX model: fp32, q8 and so on`;
  const device = `${"device".padEnd(11)}what an ONNX model runs on: cpu, cuda, dml and so on`;
  return [...variants, lens, precision, device].map((line) => `    ${line}`);
}

async function runCommand(
  name: string,
  texts: readonly string[],
  options: RunOptions,
  session: Session,
): Promise<void> {
  const task = taskOfPipeline(name);
  if (texts.length > 0 === (options.input !== undefined))
    throw new BifocalError("invalid-input", "Give texts, or --input FILE (- is stdin): one of the two.");
  const { call, open } = splitSettings(task, options.set ?? []);
  const reading = prepareReading(options, session);
  if (options.input !== undefined && options.output !== undefined) refuseSameFile(options.input, options.output);
  const id = options.model === undefined ? null : modelId(options.model);
  await using run = await withDownloads(session, (opening) => pipeline(name as TaskName, id, { ...opening, ...open }));
  await using writer = options.output === undefined ? undefined : await openWriter(options.output);
  const items = options.input === undefined ? fromArguments(texts) : readTexts(options.input, reading.options);
  const answers = runTexts(run, items, { ...call, signal: session.signal });
  await deliver(answers, writer, options, reading, session);
}

async function deliver(
  answers: AsyncIterable<readonly Answered[]>,
  writer: RecordWriter | undefined,
  { output = "", json, input }: RunOptions,
  reading: Reading,
  session: Session,
): Promise<void> {
  const progress = startProgress(session, "texts", writer === undefined);
  const flat = !output.endsWith(".jsonl");
  const line = json ? jsonLine(input !== undefined) : humanLine(session);
  let done = 0;
  try {
    for await (const batch of answers) {
      if (writer === undefined) await print(session, batch.map((each) => `${line(each)}\n`).join(""));
      else await writer.write(batch.map(({ item, result }) => annotated(item.fields, result, flat)));
      done += batch.length;
      progress.update(done);
    }
  } finally {
    progress.end();
    reading.tellSkipped();
  }
  if (writer !== undefined) note(session, `${done} ${done === 1 ? "text" : "texts"} written to ${output}.`);
}

function jsonLine(withLine: boolean): (answered: Answered) => string {
  return ({ item, result }) => JSON.stringify(withLine ? { line: item.line, ...result } : result);
}

function humanLine({ stdout }: Session): (answered: Answered) => string {
  const style = styleFor(stdout);
  return ({ item, result }) => resultLine(item.text, result, style, stdout.columns ?? 100);
}

function fromArguments(texts: readonly string[]): TextItem[] {
  return texts.map((text, i) => ({ line: i + 1, text, fields: { text } }));
}

/** Settings of the call, and those with which the model is opened. */
function splitSettings(task: Task, given: readonly string[]) {
  const open = openRules(task);
  const { own, others } = partSettings(parseSettings(given, { ...optionsOf(task), ...open }, task), open);
  return { open: own, call: others };
}

function openRules(task: Task): Readonly<Record<string, OptionRule>> {
  const variant: Partial<Record<Task, string>> = variantOption;
  const names = ["paradigm", "dtype", "device", ...(variant[task] === undefined ? [] : [variant[task]])];
  const choosing = Object.fromEntries(names.map((name) => [name, { type: "string", about: "chooses the model" }]));
  return { ...choosing, ...(task === "text-classification" && zeroShotRules) };
}
