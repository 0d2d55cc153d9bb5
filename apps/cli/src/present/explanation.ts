import type {
  Contribution,
  FeatureWeight,
  ScoreExplanation,
  StrongestFeatures,
  StrongestTransitions,
  TagExplanation,
  TransitionWeight,
} from "bifocal";
import type { Style } from "./style.js";
import { shortened, visible, wrapped } from "./text.js";

const longestMarkedText = 600;
const listedWords = 20;
/** Words that add less than this share of what the strongest adds stay as they are. */
const leastShare = 0.1;

const kinds: Readonly<Record<ScoreExplanation["scoreKind"], string>> = {
  "log-odds": "log-odds",
  "log-odds-against-rest": "log-odds against the rest",
  margin: "margin",
};

/** An explanation for a person: the score, and the text with what its words add behind each. */
export function explanationLines(
  text: string,
  { label, score, scoreKind, bias, contributions }: ScoreExplanation,
  style: Style,
  width: number,
): string[] {
  const head = `${style.strong(visible(label))}  ${kinds[scoreKind]} ${signed(score)}`;
  const strong = strongOf(contributions);
  if (strong.length === 0) return [`${head}, all of it ${style.faint("believed beforehand: no word says anything")}`];
  const said = style.faint(`(${signed(bias)} beforehand, the rest by words)`);
  if (text.length > longestMarkedText) return [`${head}  ${said}`, ...listed(strong, style)];
  return [`${head}  ${said}`, ...wrapped(marked(text, strong), width).map((line) => coloured(line, style))];
}

/** The strongest features of each label, for a person: two lines a label. */
export function featureLines(strongest: readonly StrongestFeatures[], width: number): string[] {
  return strongest.flatMap(({ label, ...ends }) => [
    `  ${visible(label)}`,
    ...(["for", "against"] as const)
      .filter((end) => ends[end].length > 0)
      .map((end) => `    ${end.padEnd(8)} ${shortened(namesOf(ends[end]), width - 13)}`),
  ]);
}

/** The strongest transitions of a tagger: two lines. */
export function transitionLines(strongest: StrongestTransitions, width: number): string[] {
  return (["for", "against"] as const)
    .filter((end) => strongest[end].length > 0)
    .map((end) => `    ${end.padEnd(8)} ${shortened(strongest[end].map(transitionName).join(" · "), width - 13)}`);
}

/** Each token with its tag and what speaks most for and against it, a line each; tokens without a tag of note are left out. */
export function tagExplanationLines({ tokens }: TagExplanation, style: Style, width: number): string[] {
  const shown = tokens.filter(({ tag }) => tag !== "O");
  if (shown.length === 0) return [style.faint("every token is O")];
  return shown.flatMap(({ text, tag, score, transition, features }) => [
    `${style.strong(visible(text))}  ${style.entity(visible(tag))}  ${(100 * score).toFixed(1)} %  ${style.faint(transitionName(transition))}`,
    `    ${shortened(namesOf(features), width - 4)}`,
  ]);
}

function transitionName({ from = "start", to, weight }: TransitionWeight): string {
  return `${visible(from)} → ${visible(to)} ${signed(weight)}`;
}

function namesOf(features: readonly FeatureWeight[]): string {
  return features.map(({ feature, weight }) => `${feature} ${signed(weight)}`).join(" · ");
}

function strongOf(contributions: readonly Contribution[]): Contribution[] {
  const largest = contributions.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 0);
  return contributions.filter(({ weight }) => weight !== 0 && Math.abs(weight) >= largest * leastShare);
}

/** `A warm[+0.91], funny[+1.02] film`: no blank within, so that no line breaks there. */
function marked(text: string, strong: readonly Contribution[]): string {
  let at = 0;
  let line = "";
  for (const { end, weight } of strong) {
    line += `${text.slice(at, end)}[${signed(weight)}]`;
    at = end;
  }
  return line + text.slice(at);
}

function coloured(line: string, style: Style): string {
  return line.replace(/[^\s[\]]*\[([+−])\d+\.\d\d\]/g, (word, sign) => paintOf(sign === "+", style)(word));
}

function listed(strong: readonly Contribution[], style: Style): string[] {
  const most = [...strong].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, listedWords);
  return most.map(
    ({ text, start, weight }) =>
      `${paintOf(weight > 0, style)(signed(weight).padStart(7))}  ${shortened(text, 60)} ${style.faint(`at ${start}`)}`,
  );
}

function paintOf(isFor: boolean, style: Style) {
  return isFor ? style.entity : style.against;
}

function signed(weight: number): string {
  return `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`;
}
