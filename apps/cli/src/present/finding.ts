import type { Finding } from "../analyze-text.js";
import { resultLines } from "./result.js";
import type { Style } from "./style.js";
import { visible, wrapped } from "./text.js";

const indent = "    ";

/** A finding for a person: the task where it is a new one, the lens and the model, and what it found. */
export function findingLines(
  text: string,
  finding: Finding,
  isNewTask: boolean,
  style: Style,
  width: number,
): string[] {
  const heading = isNewTask ? ["", style.heading(finding.task)] : [];
  const lens = finding.paradigm.padEnd(14);
  if (finding.model === null) return [...heading, ...absent(lens, finding, style, width)];
  const body =
    "result" in finding
      ? resultLines(text, finding.result, style, width - indent.length)
      : wrapped(finding.error.message, width - indent.length).map(style.problem);
  return [...heading, `  ${style.strong(lens)}  ${finding.model}`, ...body.map((line) => indent + line)];
}

function absent(lens: string, finding: Finding, style: Style, width: number): string[] {
  const reason = "error" in finding ? visible(finding.error.message) : "";
  const [first = "", ...rest] = wrapped(`no model: ${reason}`, width - 18);
  return [
    `  ${style.faint(lens)}  ${style.faint(first)}`,
    ...rest.map((line) => `${" ".repeat(18)}${style.faint(line)}`),
  ];
}
