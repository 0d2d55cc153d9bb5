import { type FileHandle, open } from "node:fs/promises";
import { BifocalError } from "@bifocal/contracts";

/** A file in a tar archive: where its bytes lie. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: number;
  readonly offset: number;
}

const block = 512;

/** The header of a plain file (POSIX.1-1988, ustar). Owner and times are left out: the same files give the same archive. */
export function tarHeader(name: string, bytes: number): Buffer {
  const header = Buffer.alloc(block);
  const { prefix, rest } = splitName(name);
  header.write(rest, 0);
  header.write("0000644\0" + "0000000\0" + "0000000\0", 100);
  writeSize(header, bytes);
  header.write("00000000000\0", 136);
  header.write("        0", 148);
  header.write("ustar\u000000", 257);
  header.write(prefix, 345);
  header.write(`${sumOf(header).toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** What follows a file of that size, up to the next header. */
export function tarPadding(bytes: number): Buffer {
  return Buffer.alloc((block - (bytes % block)) % block);
}

/** What ends an archive. */
export const tarEnd: Buffer = Buffer.alloc(2 * block);

/**
 * The plain files in an archive, in their order; folders are left out.
 * @throws {BifocalError} `model-damaged` for what is no tar, is cut off, or holds links and the like.
 */
export async function readTarEntries(file: FileHandle, path: string): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  const { size } = await file.stat();
  const header = Buffer.alloc(block);
  for (let offset = 0; ; ) {
    const { bytesRead } = await file.read(header, 0, block, offset);
    if (bytesRead === block && header.every((byte) => byte === 0)) return entries;
    if (bytesRead < block || sumOf(header) !== octal(header, 148, 8)) throw notATar(path);
    const bytes = readSize(header);
    const type = String.fromCharCode(header[156] as number);
    offset += block;
    if (!"0\x005".includes(type) || offset + bytes > size) throw notATar(path);
    if (type !== "5") entries.push({ name: nameOf(header), bytes, offset });
    offset += Math.ceil(bytes / block) * block;
  }
}

/** Opens an archive to read it. @throws {BifocalError} `unreadable`. */
export async function openTar(path: string): Promise<FileHandle> {
  return open(path).catch((cause) => {
    throw new BifocalError("unreadable", `${path} cannot be read. Give the file that models pack wrote.`, { cause });
  });
}

/** A name of more than 100 bytes is told in two parts. */
function splitName(name: string): { prefix: string; rest: string } {
  if (Buffer.byteLength(name) <= 100) return { prefix: "", rest: name };
  for (let slash = name.indexOf("/"); slash > 0; slash = name.indexOf("/", slash + 1)) {
    const [prefix, rest] = [name.slice(0, slash), name.slice(slash + 1)];
    if (Buffer.byteLength(rest) <= 100 && Buffer.byteLength(prefix) <= 155) return { prefix, rest };
  }
  throw new BifocalError("unsupported", `The path ${name} is too long for a tar archive.`);
}

function nameOf(header: Buffer): string {
  const [prefix, rest] = [textAt(header, 345, 155), textAt(header, 0, 100)];
  return (prefix === "" ? rest : `${prefix}/${rest}`).replace(/^\.\//u, "");
}

const sizePlace = 124;
const largestOctal = 8 ** 11;

/** Sizes from 8 GiB on are written in binary, as GNU tar does. */
function writeSize(header: Buffer, bytes: number): void {
  if (bytes < largestOctal) {
    header.write(`${bytes.toString(8).padStart(11, "0")}\0`, sizePlace);
    return;
  }
  header[sizePlace] = 0x80;
  header.writeBigUInt64BE(BigInt(bytes), sizePlace + 4);
}

function readSize(header: Buffer): number {
  const isBinary = (header[sizePlace] as number) >= 0x80;
  return isBinary ? Number(header.readBigUInt64BE(sizePlace + 4)) : octal(header, sizePlace, 12);
}

/** The sum of all bytes, with those of the sum itself taken for spaces. */
function sumOf(header: Buffer): number {
  let sum = 0;
  for (let i = 0; i < block; i++) sum += i >= 148 && i < 156 ? 32 : (header[i] as number);
  return sum;
}

function octal(header: Buffer, start: number, length: number): number {
  return Number.parseInt(textAt(header, start, length).trim(), 8);
}

function textAt(header: Buffer, start: number, length: number): string {
  const end = header.indexOf(0, start);
  return header.toString("utf8", start, end < 0 || end > start + length ? start + length : end);
}

function notATar(path: string): BifocalError {
  return new BifocalError(
    "model-damaged",
    `${path} is not a whole tar archive of plain files. Copy it again, or pack the model again.`,
  );
}
