import { ifThereIsRoom, newRoom } from "../machine-code/array-room.js";
import { ascii, asciiText, spareBytes } from "./ascii-text.js";
import { slotsFor } from "./hash-slots.js";
import { asciiKernel, slotBytes } from "./machine-code/ascii-words.js";
import type { TokenTable } from "./token-table.js";

/** Reads texts of ASCII, which are most in many languages, several times as fast as any other. */
export interface AsciiWords {
  /** The number of each token of the last text, as the tokenizer `word` parts it, or `absent`. */
  numbers: Int32Array;
  /** Reads a text; how many tokens it has, or undefined where it is not of ASCII, or longer than a megabyte. */
  read(text: string): number | undefined;
}

/**
 * The words of a table as machine code finds them; the table must not grow any more. Where there is no memory or no
 * WebAssembly for it no text is read.
 */
export function asciiWords(tokens: TokenTable): AsciiWords {
  return ifThereIsRoom(() => openWords(tokens)) ?? { numbers: new Int32Array(), read: () => undefined };
}

function openWords(tokens: TokenTable): AsciiWords {
  const slotCount = slotsFor(tokens.size);
  const { memory, array } = newRoom(slotBytes * slotCount + 16 * tokens.size + tokens.starts[tokens.size]);
  const { addWords, findWords } = asciiKernel(memory);
  const masks = array(BigUint64Array, spareBytes + 1);
  for (let bytes = 0; bytes <= spareBytes; bytes++) masks[bytes] = (1n << BigInt(8 * bytes)) - 1n;
  const slots = array(Uint8Array, slotBytes * slotCount);
  const table = [slots, masks].map(({ byteOffset }) => byteOffset);
  table.push(64 - Math.log2(slotCount), slotBytes * (slotCount - 1));
  putWords();
  const parted = asciiText({ memory, array });
  const reader: AsciiWords = {
    numbers: array(Int32Array, 2 ** 12),
    read(text) {
      const count = parted.part(text);
      if (count === undefined || !hasRoomFor(count)) return undefined;
      const { bounds } = parted;
      findWords(...table, bounds, bounds + 8 * count, reader.numbers.byteOffset);
      return count;
    },
  };
  return reader;

  function hasRoomFor(count: number): boolean {
    if (count > reader.numbers.length)
      reader.numbers = ifThereIsRoom(() => array(Int32Array, 2 * count)) ?? reader.numbers;
    return count <= reader.numbers.length;
  }

  /** Puts the words of ASCII into the slots; each has its length before it. */
  function putWords(): void {
    const bytes = array(Uint8Array, tokens.starts[tokens.size] + 8 * tokens.size + spareBytes);
    const lengths = new Int32Array(bytes.buffer);
    const [bounds, numbers] = [array(Uint32Array, 2 * tokens.size), array(Uint32Array, tokens.size)];
    let [count, at] = [0, 0];
    for (let token = 0; token < tokens.size; token++) {
      const [first, end] = [tokens.starts[token], tokens.starts[token + 1]];
      // What the lengths of words are read as must lie on a multiple of four.
      at = Math.ceil(at / 4) * 4 + 4;
      let every = 0;
      for (let k = first; k < end; k++) {
        bytes[at + k - first] = tokens.units[k];
        every |= tokens.units[k];
      }
      if (every >= ascii) continue;
      lengths[(bytes.byteOffset + at) / 4 - 1] = end - first;
      bounds[2 * count] = bytes.byteOffset + at;
      at += end - first;
      bounds[2 * count + 1] = bytes.byteOffset + at;
      numbers[count++] = token + 1;
    }
    addWords(...table, bounds.byteOffset, bounds.byteOffset + 8 * count, numbers.byteOffset);
  }
}
