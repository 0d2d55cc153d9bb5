import { type ArrayRoom, ifThereIsRoom } from "../machine-code/array-room.js";
import { asciiKernel } from "./machine-code/ascii-words.js";
import type { TextFeatures } from "./text-features.js";
import { kinds, mark } from "./tokenizers/character-kinds.js";

/** Parts texts of ASCII in machine code, as the tokenizer `word` does, and puts them into lower case. */
export interface AsciiText {
  /** Where the bounds of the last text's tokens lie in memory: where each begins and ends. */
  bounds: number;
  /** Parts a text; how many tokens it has, or undefined where it is not of ASCII, or longer than a megabyte. */
  part(text: string): number | undefined;
}

/** Whether a text's terms are read of the tokens that are parted here. */
export function readsSuchWords({ tokenizer, withoutAddresses }: TextFeatures): boolean {
  return tokenizer === "word" && !withoutAddresses;
}

export const ascii = 128;
/** Bytes are read by eights, also those at the end of a text or word. */
export const spareBytes = 8;
const megabyte = 2 ** 20;

/** @throws {BifocalError} `too-large` where there is no memory for texts of some length. */
export function asciiText({ memory, array }: ArrayRoom): AsciiText {
  const { partText } = asciiKernel(memory);
  const [kindOf, lower] = [array(Uint8Array, ascii), array(Uint8Array, ascii)];
  for (let unit = 0; unit < ascii; unit++) {
    // What is not white space is a word's character, or a mark.
    kindOf[unit] = kinds[unit] === mark ? 2 : kinds[unit] & 1;
    lower[unit] = String.fromCharCode(unit).toLowerCase().charCodeAt(0);
  }
  let room = roomForText(2 ** 14);
  let longestText = megabyte;
  const parted: AsciiText = {
    bounds: room.bounds,
    part(text) {
      const { length } = text;
      if (length > longestText) return undefined;
      if (length > room.longest) {
        room = ifThereIsRoom(() => roomForText(2 * length)) ?? room;
        // Where there was no more room it is not asked for again.
        if (length > room.longest) longestText = room.longest;
        parted.bounds = room.bounds;
      }
      // A character that is not ASCII takes more bytes than it has units; there is room to tell.
      if (length > room.longest || room.bytes.write(text) !== length) return undefined;
      const { start, bounds } = room;
      return (partText(start, start + length, kindOf.byteOffset, lower.byteOffset, bounds) - bounds) / 8;
    },
  };
  return parted;

  function roomForText(longest: number) {
    const bytes = array(Uint8Array, longest + 2 * spareBytes);
    const bounds = array(Uint32Array, 2 * (longest + 2));
    return {
      longest,
      start: bytes.byteOffset,
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      bounds: bounds.byteOffset,
    };
  }
}
