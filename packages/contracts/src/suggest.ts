import { distance } from "fastest-levenshtein";

/** The candidates that are, begin or hold nearly what was written, nearest first, at most three. */
function nearest(name: string, candidates: readonly string[]): string[] {
  const lower = name.toLowerCase();
  const score = (candidate: string): number => {
    const known = candidate.toLowerCase();
    if (lower.length >= 3 && known.includes(lower)) return 0;
    const whole = distance(lower, known);
    return lower.length >= 4 ? Math.min(whole, distance(lower, known.slice(0, lower.length + 1))) : whole;
  };
  const limit = Math.min(Math.max(2, Math.ceil(name.length / 3)), Math.max(0, name.length - 1));
  return candidates
    .map((candidate) => ({ candidate, edits: score(candidate) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** A sentence for an error about an unknown name: the nearest names, or all of them where none is near. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const near = nearest(name, candidates);
  if (near.length > 0) return `Did you mean ${near.map((candidate) => `"${candidate}"`).join(" or ")}?`;
  return `There are: ${candidates.join(", ")}.`;
}
