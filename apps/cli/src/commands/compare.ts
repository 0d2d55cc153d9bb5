import { join } from "node:path";
import { openWriter, type RecordWriter } from "@bifocal/corpus";
import type { Report } from "@bifocal/evaluation";
import { type Experiment, parseExperiment, readExperiment } from "../experiment.js";
import { checkReadable, makeFolder, writeWhole } from "../files.js";
import { addInputOptions, type InputOptions, prepareReading } from "../input-options.js";
import { addLabelOptions, type LabelOptions, labelReading } from "../label-options.js";
import { provenanceOf } from "../provenance.js";
import { note, print, type Session } from "../session.js";
import { collect } from "../set-values.js";
import { type DefineCommand, examples } from "./command.js";

interface CompareOptions extends InputOptions, LabelOptions {
  readonly task?: string;
  readonly models?: string;
  readonly train?: string;
  readonly test?: string;
  readonly sizes?: string;
  readonly set?: readonly string[];
  readonly output?: string;
  readonly json?: boolean;
}

/** `bifocal compare`: models side by side on the same items. */
export const defineCompare: DefineCommand = (program, session) => {
  const command = program
    .command("compare")
    .argument("[experiment]", "a YAML file with task, models, train, test, sizes, options and output")
    .description(
      "models on the same items: figures and intervals, McNemar's test or the paired bootstrap of each pair, disagreements",
    )
    .option("--task <task>", "one of the six tasks")
    .option("--models <names>", "two or more, separated by commas; with --train, learners among them are trained")
    .option("--train <file>", "what to train learners on")
    .option("--test <file>", "what to compare on")
    .option("--sizes <numbers>", "a learning curve: train on so many items, in turn: 100,1000,10000")
    .option(
      "--set <name=value>",
      "how models write: sentences=1, numBeams=4, sourceLanguage=fr; labels of yours: labels=sports; may be repeated",
      collect,
    )
    .option(
      "--output <folder>",
      "where report.json, report.md and disagreements.jsonl go; without it the report is printed only",
    )
    .option("--json", "the report as one JSON object");
  addInputOptions(addLabelOptions(command))
    .addHelpText(
      "after",
      examples(
        "bifocal compare --task text-classification --models naive-bayes,logistic-regression \\\n  --train train.jsonl --test test.jsonl --sizes 100,1000 --output report",
        "bifocal compare --task summarization --models lexrank-summary-en,sentence-scorer-naive-bayes-en \\\n  --test papers.jsonl --set sentences=1",
        "bifocal compare experiment.yaml",
      ),
    )
    .action((file: string | undefined, options: CompareOptions) => compare(file, options, session));
};

async function compare(file: string | undefined, options: CompareOptions, session: Session): Promise<void> {
  const experiment = await experimentOf(file, options);
  const reading = prepareReading(options, session);
  for (const path of [experiment.test, experiment.train ?? experiment.test]) await checkReadable(path);
  await using disagreements = experiment.output === undefined ? undefined : await disagreementsIn(experiment.output);
  const { runExperiment } = await import("../run-experiment.js");
  const result = await runExperiment(experiment, {
    reading: { ...reading.options, ...labelReading(options) },
    session,
    onDisagreement: async ({ item, ...rest }) => disagreements?.write([{ ...rest, ...item }]),
  });
  reading.tellSkipped();
  await deliver(
    { ...result, provenance: await provenanceOf(experiment) },
    experiment.output,
    options.json ?? false,
    session,
  );
}

async function disagreementsIn(folder: string): Promise<RecordWriter> {
  await makeFolder(folder);
  return openWriter(join(folder, "disagreements.jsonl"));
}

async function deliver(report: Report, folder: string | undefined, json: boolean, session: Session): Promise<void> {
  const { renderJson, renderMarkdown, renderText } = await import("@bifocal/evaluation");
  if (folder !== undefined) {
    await writeWhole(join(folder, "report.json"), Buffer.from(renderJson(report)));
    await writeWhole(join(folder, "report.md"), Buffer.from(renderMarkdown(report)));
  }
  await print(session, json ? `${JSON.stringify(report)}\n` : renderText(report));
  if (folder !== undefined) note(session, `report.json, report.md and disagreements.jsonl are in ${folder}.`);
}

/** Flags stand above the fields of a file. */
async function experimentOf(file: string | undefined, options: CompareOptions): Promise<Experiment> {
  const { task, models, train, test, sizes, output } = options;
  const flags = Object.entries({ task, models, train, test, sizes, options: options.set, output }).filter(
    ([, value]) => value !== undefined,
  );
  const fields = file === undefined ? {} : await readExperiment(file);
  return parseExperiment({ ...fields, ...Object.fromEntries(flags) });
}
