import { withoutAddresses } from "./addresses.js";
import { mixedHash } from "./hash-slots.js";
import type { TextFeatures } from "./text-features.js";
import { firstHash, hashFactor } from "./token-table.js";
import { type TokenBounds, tokenBounds } from "./tokenizers/tokenizer.js";
import { tokenizerNamed } from "./tokenizers/tokenizers.js";
import { hasNumber } from "./tokenizers/word.js";

/**
 * The tokens of a text in lower case, kept until the next text: token `i` in `units` from `starts[i]` to
 * `starts[i + 1]`, empty where it is left out.
 */
export interface LoweredTokens {
  units: Uint16Array;
  starts: Int32Array;
  /** By these a table finds tokens. */
  hashes: Int32Array;
  readonly bounds: TokenBounds;
}

/** The function that fills in the tokens of a text and gives their number, and what it fills. */
export function tokenLowerer({ tokenizer, withoutAddresses: isAnonymous }: TextFeatures): {
  readonly lowered: LoweredTokens;
  readonly lower: (text: string) => number;
} {
  const { tokenize } = tokenizerNamed(tokenizer);
  const bounds = tokenBounds();
  const lowered: LoweredTokens = {
    units: new Uint16Array(1024),
    starts: new Int32Array(257),
    hashes: new Int32Array(256),
    bounds,
  };
  const lower = (given: string): number => {
    const text = isAnonymous ? withoutAddresses(given) : given;
    const count = tokenize(text, bounds);
    makeRoom(lowered, text.length, count);
    lowerTokens(lowered, text, count, isAnonymous);
    return count;
  };
  return { lowered, lower };
}

function lowerTokens(into: LoweredTokens, text: string, count: number, leaveOutNumbers: boolean): void {
  const { starts, hashes, bounds } = into;
  const { offsets } = bounds;
  let units = into.units;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const start = offsets[2 * i];
    const end = offsets[2 * i + 1];
    starts[i] = at;
    if (leaveOutNumbers && hasNumber(text, start, end)) continue;
    let hash = firstHash;
    for (let k = start; k < end; k++) {
      let unit = text.charCodeAt(k);
      if (unit > 127) {
        const token = text.slice(start, end).toLowerCase();
        // It may be longer than it was.
        makeRoom(into, starts[i] + token.length + text.length - end, count);
        units = into.units;
        at = starts[i] + token.length;
        hash = putToken(units, starts[i], token);
        break;
      }
      if (unit < 91 && unit > 64) unit += 32;
      units[at++] = unit;
      hash = Math.imul(hash ^ unit, hashFactor);
    }
    hashes[i] = mixedHash(hash);
  }
  starts[count] = at;
}

/** Writes a token, and gives its hash before it is mixed. */
function putToken(units: Uint16Array, start: number, token: string): number {
  let hash = firstHash;
  for (let k = 0; k < token.length; k++) {
    const unit = token.charCodeAt(k);
    units[start + k] = unit;
    hash = Math.imul(hash ^ unit, hashFactor);
  }
  return hash;
}

function makeRoom(into: LoweredTokens, units: number, count: number): void {
  if (into.units.length < units) {
    const roomier = new Uint16Array(2 * units);
    roomier.set(into.units);
    into.units = roomier;
  }
  if (into.hashes.length < count) {
    into.hashes = new Int32Array(2 * count);
    into.starts = new Int32Array(2 * count + 1);
  }
}
