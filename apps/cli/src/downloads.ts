import type { OpenOptions } from "bifocal";
import { startProgress } from "./progress.js";
import type { Session } from "./session.js";

/** Opens a model so that a download shows on a terminal, and an interruption ends it. */
export async function withDownloads<T>(
  session: Session,
  open: (options: Pick<OpenOptions, "signal" | "onProgress">) => Promise<T>,
): Promise<T> {
  const progress = startProgress(session, "bytes");
  const onProgress: OpenOptions["onProgress"] = ({ loadedBytes, totalBytes }) =>
    progress.update(loadedBytes, totalBytes);
  try {
    return await open({ signal: session.signal, onProgress });
  } finally {
    progress.end();
  }
}
