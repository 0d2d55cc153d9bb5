import { Buffer } from "node:buffer";
import { BifocalError } from "@bifocal/contracts";

const encodings: Readonly<Record<string, string>> = { fffe: "utf-16le", feff: "utf-16be" };

/**
 * The bytes as they are, or as UTF-8 where the byte order mark of UTF-16 comes first, as in what spreadsheets save as
 * "Unicode text".
 * @throws {BifocalError} `invalid-input` where UTF-16 holds half a character.
 */
export async function* asUtf8(bytes: AsyncIterable<Uint8Array>, name: string): AsyncIterable<Uint8Array> {
  let start = Buffer.alloc(0);
  let decode: ((chunk?: Uint8Array) => Uint8Array) | undefined;
  for await (const chunk of bytes) {
    if (decode === undefined) {
      start = Buffer.concat([start, chunk]);
      if (start.length < 2) continue;
      decode = decoderFor(start, name);
      yield decode(start);
    } else yield decode(chunk);
  }
  yield decode === undefined ? start : decode();
}

/** Converts chunk by chunk; without a chunk, whatever is left. */
function decoderFor(start: Buffer, name: string): (chunk?: Uint8Array) => Uint8Array {
  const encoding = encodings[start.toString("hex", 0, 2)];
  if (encoding === undefined) return (chunk = new Uint8Array()) => chunk;
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (chunk) => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: chunk !== undefined }));
    } catch (cause) {
      throw new BifocalError("invalid-input", `${name} is not whole UTF-16. Save it as UTF-8.`, { cause });
    }
  };
}
