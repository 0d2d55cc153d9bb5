import { formatNames, readText } from "@bifocal/corpus";
import { BifocalError } from "bifocal";
import { analyzeText, type Finding } from "../analyze-text.js";
import { findingLines } from "../present/finding.js";
import { styleFor } from "../present/style.js";
import { shortened } from "../present/text.js";
import { print, type Session } from "../session.js";
import { type DefineCommand, examples } from "./command.js";

interface AnalyzeOptions {
  readonly input?: string;
  readonly json?: boolean;
  readonly language: string;
}

/** `bifocal analyze`: one text in every task, through every lens. */
export const defineAnalyze: DefineCommand = (program, session) => {
  program
    .command("analyze")
    .argument("[text]", "the text; quote it")
    .description("one text in all six tasks, through each lens that has a model")
    .option("--input <file>", "a file that is one text; - is stdin")
    .option("--language <tag>", "language of the text", "en")
    .option("--json", "a JSON object a line for each task and model: {task, paradigm, model, result | error}")
    .addHelpText(
      "after",
      examples(
        'bifocal analyze "Ada Lovelace met Charles Babbage in London on 5 June 1833."',
        "bifocal analyze --input letter.txt --json",
        "curl -s https://example.org/letter.txt | bifocal analyze --input -",
      ),
    )
    .action(async (text: string | undefined, options: AnalyzeOptions) => {
      await analyze(await theText(text, options.input, session.signal), options, session);
    });
};

async function analyze(text: string, { language, json }: AnalyzeOptions, session: Session): Promise<void> {
  const show = json ? (finding: Finding) => JSON.stringify(finding) : presenter(text, session);
  let answers = 0;
  let failures = 0;
  if (!json) await print(session, `${styleFor(session.stdout).faint(shortened(text, widthOf(session)))}\n`);
  for await (const finding of analyzeText(text, language, session.signal)) {
    await print(session, `${show(finding)}\n`);
    if (finding.model !== null) answers++;
    if (finding.model !== null && "error" in finding) failures++;
  }
  if (failures > 0) throw new BifocalError("internal", `${failures} of ${answers} models failed; see above.`);
}

function presenter(text: string, session: Session): (finding: Finding) => string {
  const style = styleFor(session.stdout);
  let task: string | undefined;
  return (finding) => {
    const isNewTask = finding.task !== task;
    task = finding.task;
    return findingLines(text, finding, isNewTask, style, widthOf(session)).join("\n");
  };
}

function widthOf({ stdout }: Session): number {
  return Math.max(40, Math.min(stdout.columns ?? 100, 120));
}

/** @throws {BifocalError} `invalid-input` unless there is exactly one text. */
async function theText(text: string | undefined, input: string | undefined, signal: AbortSignal): Promise<string> {
  if (text !== undefined && input === undefined) return text;
  if (text !== undefined || input === undefined)
    throw new BifocalError("invalid-input", "Give one text: as an argument, or with --input FILE (- is stdin).");
  if (isRecords(input)) {
    throw new BifocalError(
      "invalid-input",
      `${input} holds many texts, and analyze takes one. Use: bifocal run TASK --input ${input}.`,
    );
  }
  return readText(input, signal);
}

function isRecords(path: string): boolean {
  return formatNames.some((name) => name !== "txt" && path.toLowerCase().endsWith(`.${name}`));
}
