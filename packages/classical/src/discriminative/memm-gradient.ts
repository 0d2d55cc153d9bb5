import { softmaxLoss } from "../optimize/softmax-loss.js";
import type { ChainData } from "./chain-data.js";
import type { ChainGradient } from "./crf-gradient.js";
import { addToRows, sumRows } from "./feature-rows.js";

/**
 * As `chainGradient`, but each tag is chosen by itself, given the gold tag before it: −Σ log p(tag | tag before, token),
 * a softmax over tags (McCallum, Freitag and Pereira 2000).
 */
export function memmGradient(data: ChainData): ChainGradient {
  const { sentenceOffsets, rowOffsets, rows, offsets, pairs, gold, follows, tagCount: tags, pairCount } = data;
  const row = new Float64Array(tags);

  /** Fills `row` with p(tag | tag before, token) less the gold tag; −log p of the gold tag. */
  function chooseTag(weights: Float64Array, token: number, step: number): number {
    row.fill(0);
    sumRows(weights, rows, rowOffsets[token], rowOffsets[token + 1], row);
    for (let tag = 0, place = token * tags; tag < tags; tag++, place++)
      for (let at = offsets[place]; at < offsets[place + 1]; at++) row[tag] += weights[pairs[at]];
    if (step >= 0) for (let tag = 0; tag < tags; tag++) row[tag] += weights[step + tag];
    return softmaxLoss(row, gold[token], 1);
  }

  return (weights, gradient, first, last) => {
    let loss = 0;
    for (let sentence = first; sentence < last; sentence++) {
      for (let token = sentenceOffsets[sentence]; token < sentenceOffsets[sentence + 1]; token++) {
        const from = token === sentenceOffsets[sentence] ? -1 : gold[token - 1] * tags;
        loss += chooseTag(weights, token, from < 0 ? from : pairCount + from);
        addToRows(gradient, rows, rowOffsets[token], rowOffsets[token + 1], row);
        for (let tag = 0, place = token * tags; tag < tags; tag++, place++)
          for (let at = offsets[place]; at < offsets[place + 1]; at++) gradient[pairs[at]] += row[tag];
        if (from < 0) continue;
        for (let tag = 0; tag < tags; tag++)
          if (follows[from + tag] === 1) gradient[pairCount + from + tag] += row[tag];
      }
    }
    return loss;
  };
}
