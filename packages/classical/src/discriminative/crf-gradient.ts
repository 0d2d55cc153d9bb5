import { BifocalError } from "@bifocal/contracts";
import { type ArrayRoom, roomIn } from "../machine-code/array-room.js";
import type { ChainData } from "./chain-data.js";
import { chainKernel } from "./machine-code/chain-kernel.js";
import { type LayoutField, layoutFields } from "./machine-code/chain-pass.js";

/**
 * Adds up −log p(tags | sentence) of the sentences from `first` to `last - 1`, and into `gradient` its derivative by
 * each weight: what the model expects less what is there. The weights are as in `TagWeights`.
 */
export type ChainGradient = (weights: Float64Array, gradient: Float64Array, first: number, last: number) => number;

/**
 * The gradient of a linear chain by the forward-backward algorithm (Rabiner 1989, scaled; Lafferty, McCallum and
 * Pereira 2001), O(features + tokens × tags²), in machine code; weights and gradient lie in the memory of the data, too.
 * Scores are shifted by each token's largest before they are raised, so that none overflows; infinite where scores lie
 * so far apart that some vanish.
 */
export function chainGradient(data: ChainData): ChainGradient {
  const { memory, follows, tagCount: tags, pairCount } = data;
  const room = roomIn(memory);
  const width = tags + (tags % 2);
  const arrays = ownArrays(room, longestSentence(data.sentenceOffsets), tags, width);
  const layout = room.array(Uint32Array, layoutFields.length);
  const setField = (name: LayoutField, value: number): void => {
    layout[layoutFields.indexOf(name)] = value;
  };
  const { sentenceOffsets, rowOffsets, rows, offsets, pairs, gold } = data;
  for (const [name, array] of Object.entries({ sentenceOffsets, rowOffsets, rows, offsets, pairs, gold, ...arrays }))
    setField(name as LayoutField, array.byteOffset);
  setField("tags", tags);
  setField("width", 8 * width);
  const { chainPass } = chainKernel(memory);
  const { transitions, turned, expected, steps } = arrays;

  /** Fills `transitions` and what it is with rows for columns; gives the largest weight, by which they are shifted. */
  function raiseTransitions(weights: Float64Array): number {
    let largest = 0;
    for (let i = 0; i < follows.length; i++) largest = Math.max(largest, weights[pairCount + i]);
    for (let from = 0, i = pairCount; from < tags; from++)
      for (let to = 0; to < tags; to++, i++) {
        const raised = Math.exp(weights[i] - largest);
        transitions[from * width + to] = raised;
        turned[to * width + from] = raised;
      }
    return largest;
  }

  function addTransitions(gradient: Float64Array): void {
    for (let from = 0, i = 0; from < tags; from++)
      for (let to = 0; to < tags; to++, i++) {
        const at = from * width + to;
        if (follows[i] === 1) gradient[pairCount + i] += expected[at] * transitions[at] + steps[i];
      }
  }

  return (weights, gradient, first, last) => {
    checkPlace(weights);
    checkPlace(gradient);
    setField("weights", weights.byteOffset);
    setField("gradient", gradient.byteOffset);
    setField("transitionWeights", weights.byteOffset + 8 * pairCount);
    const largest = raiseTransitions(weights);
    expected.fill(0);
    steps.fill(0);
    const loss = chainPass(layout.byteOffset, first, last, largest);
    addTransitions(gradient);
    // Where scores lie more than 700 apart a probability is lost: so far out no search shall go.
    return Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY;
  };
}

/** What a pass keeps, by the fields of its layout: rows of `width` numbers, of tags or of the tokens of a sentence. */
function ownArrays({ array }: ArrayRoom, longest: number, tags: number, width: number) {
  const rows = (count: number) => array(Float64Array, count * width);
  return {
    ...{ transitions: rows(tags), turned: rows(tags), expected: rows(tags), steps: array(Float64Array, tags * tags) },
    ...{ emissions: rows(longest), forward: rows(longest), backward: rows(longest), arriving: rows(longest) },
    scales: array(Float64Array, longest),
  };
}

/** @throws {BifocalError} `internal` of an array that lies elsewhere: at the beginning of a room none does. */
function checkPlace({ buffer, byteOffset }: Float64Array): void {
  if (buffer instanceof SharedArrayBuffer && byteOffset > 0) return;
  throw new BifocalError("internal", "Weights and gradient of a chain must lie in the memory of its data.");
}

function longestSentence(offsets: Uint32Array): number {
  let longest = 1;
  for (let i = 1; i < offsets.length; i++) longest = Math.max(longest, offsets[i] - offsets[i - 1]);
  return longest;
}
