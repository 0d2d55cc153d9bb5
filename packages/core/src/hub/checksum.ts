import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

/** What the Hub says that a file's content is: of large files its SHA-256, of others git's name for it. */
export interface Checksum {
  readonly algorithm: "sha256" | "git-sha1";
  readonly hex: string;
}

/** A file's size and content, as a lock keeps them. */
export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

/** The checksum that an ETag of the Hub is; none where it is anything else. */
export function checksumOf(etag: string | null): Checksum | undefined {
  const [, hex] = /^(?:W\/)?"?([0-9a-f]+)"?$/u.exec(etag ?? "") ?? [];
  if (hex?.length === 64) return { algorithm: "sha256", hex };
  return hex?.length === 40 ? { algorithm: "git-sha1", hex } : undefined;
}

/** Reads a file once, for its digest and for whether it is what a checksum says. */
export async function digestFile(
  path: string,
  expected?: Checksum,
): Promise<FileDigest & { readonly agrees: boolean }> {
  const { size: bytes } = await stat(path);
  const sha256 = createHash("sha256");
  const sha1 = createHash("sha1").update(`blob ${bytes}\0`);
  const hashes: readonly Hash[] = expected?.algorithm === "git-sha1" ? [sha256, sha1] : [sha256];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    for (const hash of hashes) hash.update(chunk as Buffer);
  }
  const hex = sha256.digest("hex");
  const found = expected?.algorithm === "git-sha1" ? sha1.digest("hex") : hex;
  return { bytes, sha256: hex, agrees: expected === undefined || expected.hex === found };
}
