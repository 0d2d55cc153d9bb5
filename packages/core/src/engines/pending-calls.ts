import type { BifocalError, GeneratedToken } from "@bifocal/contracts";

/** A call that waits for its answer. */
export interface PendingCall {
  resolve(result: unknown): void;
  reject(error: BifocalError): void;
  onPiece(piece: GeneratedToken): void;
}

/** Calls by id. An answer to a call that is settled already (cancelled, say) is nothing to anyone. */
export interface PendingCalls {
  add(id: number, call: PendingCall): void;
  tell(id: number, piece: GeneratedToken): void;
  resolve(id: number, result: unknown): void;
  reject(id: number, error: BifocalError): void;
  /** Nobody waits for it any more. */
  forget(id: number): void;
  rejectAll(error: BifocalError): void;
}

/** @param whenIdle runs as soon as no call waits any more. */
export function createPendingCalls(whenIdle: () => void): PendingCalls {
  const calls = new Map<number, PendingCall>();
  const take = (id: number): PendingCall | undefined => {
    const call = calls.get(id);
    if (calls.delete(id) && calls.size === 0) whenIdle();
    return call;
  };
  return {
    add: (id, call) => void calls.set(id, call),
    tell: (id, piece) => calls.get(id)?.onPiece(piece),
    resolve: (id, result) => take(id)?.resolve(result),
    reject: (id, error) => take(id)?.reject(error),
    forget: (id) => void take(id),
    rejectAll: (error) => {
      for (const id of [...calls.keys()]) take(id)?.reject(error);
    },
  };
}
