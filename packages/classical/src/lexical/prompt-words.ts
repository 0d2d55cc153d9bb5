import { fingerprint, type ModelCard, seededRandom, type TextGenerator } from "@bifocal/contracts";
import { endOfPiece, splitPieces, startOfPiece } from "../features/pieces.js";
import { draw } from "../generative/ngram-sampling.js";
import { createTextWriter, type Writer } from "../text-writer.js";

const card: ModelCard = {
  id: "prompt-words",
  task: "text-generation",
  paradigm: "rule-based",
  family: "the prompt's own words, each after one that it followed",
  languages: [],
  licence: "MIT",
  source: "the prompt",
  trainedOn: [],
};

const defaultMaxNewTokens = 30;

/**
 * The writer that has read nothing but the prompt: after each word it draws one of those that followed it there, or any
 * of the prompt's where none did. What a learned writer does better than this, its training taught it. It heeds the
 * same options as the n-gram models and never ends by itself; of an empty prompt it makes nothing.
 * @example await promptWords().generate(["the cat and the dog"], { seed: 1 }) // " dog the cat and the dog …"
 */
export function promptWords(): TextGenerator {
  return createTextWriter({ card }, write);
}

const write: Writer = function* write(prompt, options) {
  const random = seededRandom((options.seed ?? 0) ^ fingerprint(prompt));
  // A space before the first word, so that it may come again behind another.
  const read = splitPieces(prompt.trim() === "" ? "" : ` ${prompt.trim()}`);
  const pieces = [...new Set(read)];
  const indexOf = new Map(pieces.map((piece, i) => [piece, i]));
  const followers = followersOf(read.map((piece) => indexOf.get(piece) as number));
  const { maxNewTokens = defaultMaxNewTokens } = options;
  let last = read.at(-1) ?? "";
  for (let written = 0; written < maxNewTokens; written++) {
    const next = followers.get(indexOf.get(last) ?? -1) ?? [...indexOf.values()];
    const weights = new Float64Array(pieces.length);
    for (const each of next) if (!runsOn(last, pieces[each])) weights[each]++;
    if (!weights.some((weight) => weight > 0)) return { finishReason: written === 0 ? "empty" : "end" };
    last = pieces[draw(weights, options, random)];
    yield { text: last };
  }
  return { finishReason: "length" };
};

/** What follows each piece, as often as it does. */
function followersOf(sequence: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const followers = new Map<number, number[]>();
  for (let i = 1; i < sequence.length; i++) {
    const known = followers.get(sequence[i - 1]);
    if (known === undefined) followers.set(sequence[i - 1], [sequence[i]]);
    else known.push(sequence[i]);
  }
  return followers;
}

function runsOn(last: string, next: string): boolean {
  const edge = endOfPiece(last);
  return edge >= 0 && startOfPiece(next) === edge;
}
