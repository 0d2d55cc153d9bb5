import { BifocalError } from "@bifocal/contracts";
import { logGamma } from "./log-gamma.js";

/**
 * How well a structure explains a table: the sum of what each family explains, higher is better. That it falls apart
 * so is what makes a search fast: a change of one family leaves all others' scores.
 */
export interface NetworkScore {
  readonly name: string;
  /** Of one family: `counts` are parents' states × child's states; `rows` is the sum of all rows' weights. */
  ofFamily(counts: Float64Array, childStates: number, rows: number): number;
}

/**
 * Bayesian Dirichlet score with equal priors, ln P(table | structure) where each of a family's q · r parameters has the
 * prior count α / (q r) (Heckerman, Geiger & Chickering 1995, eq. 28; Buntine 1991):
 * Σⱼ [ln Γ(α/q) − ln Γ(α/q + Nⱼ) + Σₖ (ln Γ(α/(q r) + Nⱼₖ) − ln Γ(α/(q r)))].
 * Structures that say the same of dependence score alike.
 * @param equivalentSampleSize α, how many rows the prior is worth (above 0). Default 1.
 */
export function bdeuScore(equivalentSampleSize = 1): NetworkScore {
  if (!(equivalentSampleSize > 0 && Number.isFinite(equivalentSampleSize)))
    throw new BifocalError("invalid-input", "The equivalent sample size of BDeu must be a number above 0.");
  return {
    name: "bdeu",
    ofFamily: (counts, childStates) => dirichlet(counts, childStates, equivalentSampleSize / counts.length),
  };
}

/** K2's score: ln P(table | structure) with the prior count 1 for every parameter (Cooper & Herskovits 1992, eq. 5). */
export const k2Score: NetworkScore = {
  name: "k2",
  ofFamily: (counts, childStates) => dirichlet(counts, childStates, 1),
};

/**
 * Bayesian information criterion (Schwarz 1978), also minus the description length:
 * Σⱼₖ Nⱼₖ ln(Nⱼₖ / Nⱼ) − ½ q (r − 1) ln N. Structures that say the same of dependence score alike.
 */
export const bicScore: NetworkScore = {
  name: "bic",
  ofFamily(counts, childStates, rows) {
    let logLikelihood = 0;
    for (let start = 0; start < counts.length; start += childStates) {
      let total = 0;
      for (let i = start; i < start + childStates; i++) {
        total += counts[i];
        if (counts[i] > 0) logLikelihood += counts[i] * Math.log(counts[i]);
      }
      if (total > 0) logLikelihood -= total * Math.log(total);
    }
    const parameters = (counts.length / childStates) * (childStates - 1);
    return logLikelihood - 0.5 * parameters * Math.log(rows);
  },
};

function dirichlet(counts: Float64Array, childStates: number, prior: number): number {
  const logPrior = logGamma(prior);
  const logPriors = logGamma(prior * childStates);
  let score = 0;
  for (let start = 0; start < counts.length; start += childStates) {
    let total = 0;
    for (let i = start; i < start + childStates; i++) {
      if (counts[i] === 0) continue;
      total += counts[i];
      score += logGamma(prior + counts[i]) - logPrior;
    }
    if (total > 0) score += logPriors - logGamma(prior * childStates + total);
  }
  return score;
}
