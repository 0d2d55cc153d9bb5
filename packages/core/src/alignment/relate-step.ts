import type { Relation } from "./mapped-text.js";

/** One step of a normalizer. */
export interface Step {
  apply(text: string): string;
  /** Of a step that only replaces what matches: by what. */
  readonly replaces?: { readonly pattern: RegExp; readonly content: string };
}

/** Units of a step's output for a part of its input. */
interface Part {
  readonly from: number;
  readonly to: number;
  /** How many units come of it; of equal numbers each comes from its own. */
  readonly length: number;
}

/**
 * Where each unit of what a step gives comes from, though the step itself does not say. Every step that there is puts
 * something before its text, strips its ends, replaces what matches, or changes characters one by one with the marks
 * that follow them; of anything else only the ends that stayed the same are told apart.
 */
export function relateStep(step: Step, input: string, output: string): Relation {
  return relationOf(input === output ? [whole(input)] : partsOf(step, input, output));
}

function whole(input: string): Part {
  return { from: 0, to: input.length, length: input.length };
}

function partsOf(step: Step, input: string, output: string): Part[] {
  const ways = [() => replaced(step, input), () => around(input, output), () => byCharacters(step, input)];
  for (const way of ways) {
    const parts = way();
    if (parts !== undefined && parts.reduce((sum, { length }) => sum + length, 0) === output.length) return parts;
  }
  return betweenEqualEnds(input, output);
}

function replaced({ replaces }: Step, input: string): Part[] | undefined {
  if (replaces === undefined) return undefined;
  const parts: Part[] = [];
  let at = 0;
  for (const { 0: match, index } of input.matchAll(replaces.pattern)) {
    parts.push({ from: at, to: index, length: index - at });
    at = index + match.length;
    parts.push({ from: index, to: at, length: replaces.content.length });
  }
  return [...parts, { from: at, to: input.length, length: input.length - at }];
}

/** Something was put before the input, or its ends were stripped. */
function around(input: string, output: string): Part[] | undefined {
  if (output.endsWith(input)) return [{ from: 0, to: 0, length: output.length - input.length }, whole(input)];
  const at = input.indexOf(output);
  return at < 0 ? undefined : [{ from: at, to: at + output.length, length: output.length }];
}

/** Characters that a normalizer takes together: with the marks on them, the parts of a Hangul syllable; plain ones in a run. */
const cluster = /[\x20-\x7e]+(?!\p{M})|[\u1100-\u11ff]+|[\s\S]\p{M}*/gu;

function byCharacters({ apply }: Step, input: string): Part[] {
  return Array.from(input.matchAll(cluster)).flatMap(({ 0: text, index }) => {
    const { length } = apply(text);
    if (text.length === 1 || length === text.length || !/^[\x20-\x7e]+$/.test(text))
      return [{ from: index, to: index + text.length, length }];
    return Array.from(text, (one, i) => ({ from: index + i, to: index + i + 1, length: apply(one).length }));
  });
}

function betweenEqualEnds(input: string, output: string): Part[] {
  const shortest = Math.min(input.length, output.length);
  let before = 0;
  while (before < shortest && input[before] === output[before]) before++;
  let after = 0;
  while (after < shortest - before && input.at(-1 - after) === output.at(-1 - after)) after++;
  const end = input.length - after;
  return [
    { from: 0, to: before, length: before },
    { from: before, to: end, length: output.length - before - after },
    { from: end, to: input.length, length: after },
  ];
}

function relationOf(parts: readonly Part[]): Relation {
  const from: number[] = [];
  const to: number[] = [];
  for (const part of parts) {
    const oneByOne = part.to - part.from === part.length;
    for (let unit = 0; unit < part.length; unit++) {
      from.push(oneByOne ? part.from + unit : part.from);
      to.push(oneByOne ? part.from + unit + 1 : part.to);
    }
  }
  return { from, to };
}
