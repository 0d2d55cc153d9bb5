import type { Paradigm } from "bifocal";

/** What a model of a lens decided, if it decides at all. */
export interface Decision {
  readonly paradigm: Paradigm;
  readonly label: string | undefined;
}

/** Whether the first model of each lens says the same; nothing unless both have decided. */
export function describeVerdict(decisions: readonly Decision[]): string | undefined {
  const [one, other] = (["discriminative", "generative"] as const).map(
    (lens) => decisions.find(({ paradigm }) => paradigm === lens)?.label,
  );
  if (one === undefined || other === undefined) return undefined;
  return one === other
    ? `Both lenses see “${one}”.`
    : `The lenses disagree: discriminative “${one}”, generative “${other}”.`;
}
