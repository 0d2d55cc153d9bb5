import type { Chosen, EmbeddedCard, Figure, Tried } from "../src/index.js";
import { dataSets } from "./data-sets.js";

/** The card for people, in Markdown, all from what was measured. */
export async function cardPage(
  card: EmbeddedCard,
  names: readonly string[],
  answers: readonly (readonly [string, string])[],
): Promise<string> {
  return `# ${card.id}

${card.about}

| | |
|---|---|
| task | ${card.task} |
| lens | ${card.paradigm}: ${card.family} |
| languages | ${card.languages.join(", ") || "any"} |
| licence | ${card.licence} |
| size | ${(card.bytes / 1e6).toFixed(2)} MB, sha256 \`${card.sha256}\` |
| made by | \`${card.recipe}\` |

## Data
${names.map(dataLine).join("\n") || "The project's own source code."}

${card.files === undefined ? fingerprints : filesPart(card.files)}

## Measured
${figureTable(card.measured)}

${signatures(card.measured)}\`${card.recipe}\` trains and measures again and prints these figures.

${card.chosen ? settingsPart(card.chosen) : ""}## What it answers
${answerLines(answers)}

${card.tried ? triedPart(card.tried) : ""}## What it cannot do
${card.limits.map((limit) => `- ${limit}`).join("\n")}
`;
}

const fingerprints =
  "The file holds a 32-bit fingerprint of each training text, so that `bifocal evaluate` can say how many test items the model has seen.";

function filesPart(files: readonly string[]): string {
  return `## Files
${files.map((file) => `- \`${file}\``).join("\n")}

The folder has the Hub's layout: other programs that read it load it unchanged. The hash above is that of what \`sha256sum\` prints of these files.`;
}

/** Those of the metrics that have settings, each once. */
function signatures(figures: readonly Figure[]): string {
  const lines = new Set(
    figures.flatMap(({ metric, signature }) => (signature === undefined ? [] : `${metric}: \`${signature}\``)),
  );
  return lines.size === 0 ? "" : `${[...lines].join("; ")}.\n\n`;
}

function dataLine(name: string): string {
  const set = dataSets[name];
  return `- **${name}**: ${set?.title}. ${set?.attribution}. ${set?.licence}.`;
}

function settingsPart({ settings, among, by, score }: Chosen): string {
  const lines = Object.entries(settings).map(
    ([name, value]) => `- \`${name}\` ${value}, of ${among[name]?.join(", ") ?? value}`,
  );
  return `## Settings
Chosen by ${by} (${rounded(score)}):

${lines.join("\n")}

No test was looked at; where a figure is of folds, settings were chosen anew for each, within what the model was trained on.

`;
}

/** What was tried and is not shipped, in the same figures. */
function triedPart({ id, about, measured, answers, recipe }: Tried): string {
  return `## Tried and not shipped: ${id}
${about}

${figureTable(measured)}

${signatures(measured)}What it answers:
${answerLines(answers)}

\`${recipe}\` trains and measures it again.

`;
}

function answerLines(answers: readonly (readonly [string, string])[]): string {
  return answers.map(([text, answer]) => `- ${asCode(text)} → ${asCode(answer)}`).join("\n");
}

function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ metric, value, interval, baseline, on, items, trainedOn }) =>
      `| ${metric} | ${rounded(value)} | ${interval ? interval.map(rounded).join(" – ") : ""} | ${baseline ? `${baseline.model} ${rounded(baseline.value)}` : ""} | ${on} | ${items} | ${trainedOn} |`,
  );
  return `| metric | value | 95 % interval | baseline | on | items | the measured model was trained on |\n|---|---|---|---|---|---|---|\n${rows.join("\n")}`;
}

function rounded(value: number): string {
  return value.toFixed(Math.abs(value) < 2 ? 4 : 2);
}

function asCode(text: string): string {
  return `\`${text.replace(/\s+/g, " ").replaceAll("`", "'")}\``;
}
