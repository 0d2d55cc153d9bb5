import { parentPort, workerData } from "node:worker_threads";
import { BifocalError, deadlineExceeded, messageOf } from "@bifocal/contracts";
import { throughGate } from "./native-gate.js";
import type { Answer, CallMessage, PortableError, WorkerCalls, WorkerMessage, WorkerStart } from "./protocol.js";
import { loadModel } from "./transformers.js";

/** The entry of a worker thread, which holds one model and answers all calls as its scheduler lets them. */
if (parentPort !== null) await serve(parentPort, workerData as WorkerStart);

async function serve(port: NonNullable<typeof parentPort>, request: WorkerStart): Promise<void> {
  const tell = (message: WorkerMessage): void => port.postMessage(message);
  try {
    const answers: { readonly [K in keyof WorkerCalls]?: Answer<K> } = await throughGate(request.gate, () =>
      loadModel(request),
    );
    port.on("message", (call: CallMessage) => {
      void answerCall(answers[call.name] as Answer<keyof WorkerCalls>, call, tell);
    });
    tell({ type: "ready" });
  } catch (error) {
    tell({ type: "failed", error: portable(error) });
  }
}

async function answerCall(
  answer: Answer<keyof WorkerCalls>,
  { id, input, cancelled, priority, deadline = Number.POSITIVE_INFINITY }: CallMessage,
  tell: (message: WorkerMessage) => void,
): Promise<void> {
  const throwIfCancelled = (): void => {
    if (Atomics.load(cancelled, 0) !== 0) throw new BifocalError("aborted", "The call was aborted.");
    if (Date.now() >= deadline) throw deadlineExceeded();
  };
  try {
    throwIfCancelled();
    const context = {
      priority,
      throwIfCancelled,
      tell: (piece: { text: string }) => tell({ type: "piece", id, piece }),
    };
    tell({ type: "result", id, result: await answer(input as never, context) });
  } catch (error) {
    tell({ type: "error", id, error: portable(error) });
  }
}

function portable(error: unknown): PortableError {
  if (error instanceof BifocalError) return { code: error.code, message: error.message };
  const said = messageOf(error).split("\n", 1)[0]?.slice(0, 300) ?? "";
  return { code: "internal", message: `The model's network failed: ${said}` };
}
