import type { Marginals } from "./hmm-marginals.js";
import type { Decoding } from "./hmm-params.js";
import type { Observations, TagChain } from "./hmm-trellis.js";
import { viterbi } from "./hmm-viterbi.js";

/** Chooses the tag of each token of a sentence of which the marginals are known. */
export type Decode = (seen: Observations, marginals: Marginals) => Uint8Array;

export function decoder(chain: TagChain, decoding: Decoding): Decode {
  return decoding === "posterior" ? likeliestEach : likeliestTogether(chain);
}

/** The likeliest tag of each token by itself (Rabiner 1989, equation 29). */
function likeliestEach({ length, offsets, tags }: Observations, { posteriors }: Marginals): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => {
    let best = offsets[i];
    for (let at = best + 1; at < offsets[i + 1]; at++) if (posteriors[at] > posteriors[best]) best = at;
    return tags[best];
  });
}

/** Candidates less likely than this are left out of the first search. */
const unlikely = 1e-3;

/**
 * The likeliest sequence of tags, exact, searched first among the candidates that are at all likely. A sequence is never
 * likelier than each tag in it; so where the best of these is as likely as those that were left out could be, it is the
 * best of all, and only otherwise is everything searched.
 */
function likeliestTogether(chain: TagChain): Decode {
  const best = viterbi(chain);
  let offsets = new Uint32Array(64);
  let tags = new Uint8Array(256);
  let probabilities = new Float64Array(256);
  return (seen, { posteriors, logLikelihood }) => {
    const { length } = seen;
    const all = seen.offsets[length];
    if (offsets.length <= length) offsets = new Uint32Array(2 * length + 2);
    if (tags.length < all) {
      tags = new Uint8Array(2 * all);
      probabilities = new Float64Array(2 * all);
    }
    let kept = 0;
    let certainty = 1 - length;
    for (let i = 0; i < length; i++) {
      offsets[i] = kept;
      for (let at = seen.offsets[i]; at < seen.offsets[i + 1]; at++) {
        if (posteriors[at] < unlikely) continue;
        certainty += posteriors[at];
        tags[kept] = seen.tags[at];
        probabilities[kept++] = seen.probabilities[at];
      }
    }
    offsets[length] = kept;
    // Things happen all together with 1 − Σ (1 − p) at least: no search where each token has one candidate left.
    if (kept === length && certainty >= unlikely && isOneEach(offsets, length)) return tags.slice(0, length);
    const { path, logScore } = best({ length, offsets, tags, probabilities });
    return logScore - logLikelihood >= Math.log(unlikely) ? path : best(seen).path;
  };
}

function isOneEach(offsets: Uint32Array, length: number): boolean {
  for (let i = 0; i <= length; i++) if (offsets[i] !== i) return false;
  return true;
}
