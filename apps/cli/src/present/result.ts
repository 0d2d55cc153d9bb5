import type { Classification, Entity, Generation, LabelScore, ResultOf, Tagging, Task } from "bifocal";
import type { Style } from "./style.js";
import { shortened, visible, wrapped } from "./text.js";

type Result = ResultOf<Task>;

const barWidth = 20;
const shownLabels = 3;
const longestMarkedText = 600;

/** A result for a person, in several lines. */
export function resultLines(text: string, result: Result, style: Style, width: number): string[] {
  if ("scores" in result) return classificationLines(result, style);
  if ("entities" in result) return taggingLines(text, result, style, width);
  return generationLines(result, style, width);
}

/** A result for a person, in one line. */
export function resultLine(text: string, result: Result, style: Style, width: number): string {
  if ("scores" in result) {
    const head = `${result.label}  ${shownScore(result.score, isDistribution(result.scores))}`;
    const rest =
      result.usage.tokens === 0 ? "(nothing was read)" : shortened(text, Math.max(20, width - head.length - 2));
    return `${style.strong(head)}  ${style.faint(rest)}`;
  }
  if ("entities" in result)
    return [oneLine(marked(text, result.entities)), ...readingLines(text, result, style)].join("\n");
  return oneLine(result.text);
}

function classificationLines({ scores, usage }: Classification, style: Style): string[] {
  const shown = scores.slice(0, shownLabels);
  const labelWidth = Math.max(...shown.map(({ label }) => label.length));
  const areProbabilities = isDistribution(scores);
  const lines = shown.map(({ label, score }, i) => {
    const name = visible(label).padEnd(labelWidth);
    const bar = areProbabilities ? `${bars(score, style)} ` : "";
    return `${i === 0 ? style.strong(name) : name}  ${bar}${shownScore(score, areProbabilities)}`;
  });
  const more = scores.length - shown.length;
  if (more > 0) lines.push(style.faint(`and ${more} more label${more === 1 ? "" : "s"}`));
  if (usage.tokens === 0) lines.push(style.faint("nothing was read: this is what the model believes beforehand"));
  return lines;
}

function isDistribution(scores: readonly LabelScore[]): boolean {
  const total = scores.reduce((sum, { score }) => sum + score, 0);
  return scores.every(({ score }) => score >= 0) && Math.abs(total - 1) < 1e-3;
}

function shownScore(score: number, isProbability: boolean): string {
  return isProbability ? `${(score * 100).toFixed(1).padStart(5)} %` : `margin ${score.toFixed(3)}`;
}

function bars(share: number, style: Style): string {
  const full = Math.round(share * barWidth);
  return `${style.bar("█".repeat(full))}${style.faint("░".repeat(barWidth - full))}`;
}

function taggingLines(text: string, { entities }: Tagging, style: Style, width: number): string[] {
  if (entities.length === 0) return [style.faint("no entities")];
  if (text.length <= longestMarkedText)
    return wrapped(marked(text, entities), width).map((line) => brightened(line, style));
  const labelWidth = Math.max(...entities.map(({ label }) => label.length));
  return entities.map(
    ({ label, text: entity, start }) =>
      `${style.entity(label.padEnd(labelWidth))}  ${shortened(entity, 60)} ${style.faint(`at ${start}`)}`,
  );
}

/** The likeliest readings where they were asked for, a line each, with their probabilities. */
function readingLines(text: string, { nBest = [] }: Tagging, style: Style): string[] {
  return nBest.map(
    ({ entities, logProbability }) =>
      `  ${style.faint(shownScore(Math.exp(logProbability), true))}  ${oneLine(marked(text, entities))}`,
  );
}

/** `[Ada Lovelace PER] met …`: entities in brackets, each with its label. */
function marked(text: string, entities: readonly Entity[]): string {
  let at = 0;
  let line = "";
  for (const { start, end, label } of entities) {
    line += `${text.slice(at, start)}[${text.slice(start, end)} ${label}]`;
    at = end;
  }
  return line + text.slice(at);
}

function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, " ").trim();
}

function brightened(line: string, style: Style): string {
  return line.replace(/\[[^[\]]* \S+\]/g, (entity) => style.entity(entity));
}

function generationLines({ text, finishReason, tokens }: Generation, style: Style, width: number): string[] {
  if (text.trim() === "") return [style.faint("nothing written")];
  const cut = finishReason === "length" ? [style.faint(`stopped after ${tokens} tokens`)] : [];
  return [...wrapped(text.trim(), width), ...cut];
}
