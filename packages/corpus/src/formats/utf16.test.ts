import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { asUtf8 } from "./utf16.js";

async function converted(chunks: readonly Uint8Array[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const bytes = (async function* () {
    yield* chunks;
  })();
  for await (const part of asUtf8(bytes, "x.txt")) parts.push(part);
  return Buffer.concat(parts);
}

/** The bytes in pieces of a size. */
function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

test("UTF-16 of either byte order becomes UTF-8, however it is cut; UTF-8 stays as it is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 5 }), async (text, size) => {
      const little = Buffer.from(`\ufeff${text}`, "utf16le");
      expect((await converted(cut(little, size))).toString()).toBe(text);
      expect((await converted(cut(Buffer.from(little).swap16(), size))).toString()).toBe(text);
      expect(await converted(cut(Buffer.from(text), size))).toEqual(Buffer.from(text));
    }),
  );
});

test.each([[[0xff, 0xfe, 0x00, 0xd8]], [[0xff, 0xfe, 0x61]]])("half a character is refused (%j)", async (bytes) => {
  await expect(converted([Uint8Array.from(bytes)])).rejects.toThrow(
    expect.objectContaining({ code: "invalid-input", message: "x.txt is not whole UTF-16. Save it as UTF-8." }),
  );
});
