import { BifocalError } from "@bifocal/contracts";
import { hashText } from "./token-features-hash.js";
import { words } from "./words.js";

/** Lists of names as a model keeps them: of the names only hashes. */
export interface KnownNames {
  /** What the names are: "place", "person". */
  readonly nameTypes: readonly string[];
  /** Hashes of names and of what names begin with, ascending; see `grownHash`. */
  readonly nameHashes: Uint32Array;
  /** Of which types each of them is a name: bit `i` for the type `i`; 0 where names only begin so. */
  readonly nameMasks: Uint32Array;
}

const mostTypes = 20;

/** The hash of some words in lower case and one more. */
function grownHash(before: number, lower: number): number {
  const mixed = Math.imul(before ^ lower, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/**
 * Reads names, one a line: its type, a tab and the name, or the name alone, whose type is "name". Empty lines and those
 * that begin with # say nothing; case does not matter.
 * @throws {BifocalError} `invalid-input` where there is no name, or more than 20 types.
 */
export function readNames(lines: Iterable<string>): KnownNames {
  const types = new Map<string, number>();
  const masks = new Map<number, number>();
  for (const line of lines) {
    const [name = "", type = "name"] = line.trim().split("\t").reverse();
    if (name === "" || line.startsWith("#")) continue;
    const number = types.get(type) ?? types.size;
    types.set(type, number);
    let hash = 0;
    for (const { text } of words(name)) {
      hash = grownHash(hash, hashText(text.toLowerCase()));
      masks.set(hash, masks.get(hash) ?? 0);
    }
    if (hash !== 0) masks.set(hash, (masks.get(hash) ?? 0) | (1 << number));
  }
  if (types.size === 0 || types.size > mostTypes)
    throw new BifocalError(
      "invalid-input",
      `A list of names has from 1 to ${mostTypes} types, not ${types.size}: write a type, a tab and a name a line.`,
    );
  const nameHashes = Uint32Array.from(masks.keys()).sort();
  return {
    nameTypes: [...types.keys()],
    nameHashes,
    nameMasks: Uint32Array.from(nameHashes, (hash) => masks.get(hash) ?? 0),
  };
}

/** Marks of which types' names each token is part of, given the hash of each in lower case; 0 where of none. */
export type MarkNames = (lowers: Uint32Array) => Uint32Array;

/** Finds, type by type, the longest name at each token from left to right; its first token is marked otherwise than the rest. */
export function nameMarker({ nameTypes, nameHashes, nameMasks }: KnownNames): MarkNames {
  const masks = new Map(Array.from(nameHashes, (hash, place) => [hash, nameMasks[place]]));
  const free = new Int32Array(nameTypes.length);
  const ends = new Int32Array(nameTypes.length);

  /** Fills `ends` with where the longest name of each type ends that begins at a token; whether there is any. */
  function findFrom(lowers: Uint32Array, start: number): boolean {
    let found = false;
    ends.fill(0);
    for (let i = start, hash = 0; i < lowers.length; i++) {
      hash = grownHash(hash, lowers[i]);
      const mask = masks.get(hash);
      if (mask === undefined) break;
      for (let type = 0; type < ends.length; type++) if ((mask >>> type) & 1) ends[type] = i + 1;
      found ||= mask > 0;
    }
    return found;
  }

  return (lowers) => {
    const marks = new Uint32Array(lowers.length);
    free.fill(0);
    for (let start = 0; start < lowers.length; start++) {
      if (!findFrom(lowers, start)) continue;
      for (let type = 0; type < ends.length; type++) {
        if (ends[type] === 0 || start < free[type]) continue;
        free[type] = ends[type];
        const digit = 3 ** type;
        for (let i = start; i < ends[type]; i++) marks[i] += i === start ? digit : 2 * digit;
      }
    }
    return marks;
  };
}

/** A mark in words: "B-place" where a name of the type begins, "I-place" where it goes on. */
export function markedTypes({ nameTypes }: KnownNames, mark: number): string[] {
  return nameTypes.flatMap((type, i) => {
    const digit = Math.floor(mark / 3 ** i) % 3;
    return digit === 0 ? [] : [`${digit === 1 ? "B" : "I"}-${type}`];
  });
}
