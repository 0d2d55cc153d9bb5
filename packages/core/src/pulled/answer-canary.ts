import { BifocalError, softmax } from "@bifocal/contracts";
import type { GeneratingEngine, ScoringEngine, TokenScoringEngine } from "../engines/engine.js";
import { startModelWorker } from "../engines/model-worker.js";
import type { Head, LoadRequest } from "../engines/protocol.js";
import { remoteEmbedding, remoteGenerating, remoteScoring, remoteTokenScoring } from "../engines/remote-engines.js";
import type { CanaryAnswers, MeasuredText } from "../hub/canary.js";
import type { HubTask } from "../hub/hub-task.js";
import { labelsOf } from "../hub/model-config.js";
import { canaryLanguages, canarySentences, canaryTexts, canaryTokens } from "./canary-inputs.js";

/** Weights to be asked. */
export interface Asked {
  /** Names the model in errors. */
  readonly name: string;
  readonly files: Omit<LoadRequest, "head">;
  readonly signal?: AbortSignal | undefined;
}

/** What a model is asked by the canary, by the task that it is for. */
export const headOf: { readonly [T in HubTask]: Head } = {
  "text-classification": "score",
  "sentiment-analysis": "score",
  ner: "scoreWords",
  summarization: "write",
  translation: "write",
  "text-generation": "write",
  "feature-extraction": "embed",
};

/**
 * Loads weights and asks them: the fixed inputs, or those that others have answered before them.
 * @throws {BifocalError} what loading and asking throw.
 */
export function answerCanary(asked: Asked, head: Head, before?: CanaryAnswers): Promise<CanaryAnswers> {
  if (head === "score") return score(asked, before?.head === "score" ? inputsOf(before.rows) : canaryTexts);
  if (head === "scoreWords")
    return scoreWords(asked, before?.head === "scoreWords" ? inputsOf(before.rows) : canarySentences);
  if (head === "embed") return embed(asked, before?.head === "embed" ? inputsOf(before.rows) : canaryTexts);
  return write(asked, before?.head === "write" ? before : undefined);
}

function inputsOf<I>(rows: readonly { readonly input: I }[]): I[] {
  return rows.map(({ input }) => input);
}

async function score({ name, files, signal }: Asked, inputs: readonly string[]): Promise<CanaryAnswers> {
  const worker = await startModelWorker<"score">(name, { ...files, head: "score" }, { ...(signal && { signal }) });
  return using(remoteScoring(worker, labelsOf(files.config)), async (engine: ScoringEngine) => {
    const scored = await engine.score(inputs, { ...(signal && { signal }) });
    const rows = scored.map(({ logits }, i) => ({ input: inputs[i] as string, probabilities: rounded(logits) }));
    return { head: "score", rows };
  });
}

async function scoreWords(
  { name, files, signal }: Asked,
  inputs: readonly (readonly string[])[],
): Promise<CanaryAnswers> {
  const worker = await startModelWorker<"scoreWords">(
    name,
    { ...files, head: "scoreWords" },
    { ...(signal && { signal }) },
  );
  return using(remoteTokenScoring(worker, labelsOf(files.config)), async (engine: TokenScoringEngine) => {
    const scored = await engine.scoreWords(inputs, { ...(signal && { signal }) });
    const rows = scored.map(({ logits }, i) => ({
      input: inputs[i] as readonly string[],
      probabilities: logits.map((row) => (row === undefined ? null : rounded(row))),
    }));
    return { head: "scoreWords", rows };
  });
}

async function embed({ name, files, signal }: Asked, inputs: readonly string[]): Promise<CanaryAnswers> {
  const worker = await startModelWorker<"embed">(name, { ...files, head: "embed" }, { ...(signal && { signal }) });
  return using(remoteEmbedding(worker, files.config.hidden_size ?? 0), async (engine) => {
    const embedded = await engine.embed(inputs, { ...(signal && { signal }) });
    const rows = embedded.map(({ vector }, i) => ({
      input: inputs[i] as string,
      vector: Array.from(vector, (each) => Number(each.toPrecision(5))),
    }));
    return { head: "embed", rows };
  });
}

type Pair = Pick<MeasuredText, "given" | "text">;
type Written = Extract<CanaryAnswers, { head: "write" }>;

async function write({ name, files, signal }: Asked, before: Written | undefined): Promise<CanaryAnswers> {
  const worker = await startModelWorker<"write">(name, { ...files, head: "write" }, { ...(signal && { signal }) });
  return using(remoteGenerating(worker), async (engine) => {
    const { languages, rows } = before ?? (await writeFirst(engine, signal));
    const pairs = rows.map(({ given, text }) => ({ given, text }));
    const measured = await engine.measure(pairs, { ...languages, ...(signal && { signal }) });
    return {
      head: "write",
      languages,
      rows: measured.map((measure, i) => ({ ...(pairs[i] as Pair), ...measure })),
    };
  });
}

/** What the model writes to each text, greedily; where it writes nothing at all, each text stands for itself. */
async function writeFirst(engine: GeneratingEngine, signal?: AbortSignal) {
  const options = { doSample: false, numBeams: 1, maxNewTokens: canaryTokens, ...(signal && { signal }) };
  for (const languages of canaryLanguages) {
    const written = await engine.generate(canaryTexts, { ...options, ...languages }).catch((error: unknown) => {
      if (error instanceof BifocalError && ["invalid-input", "unsupported"].includes(error.code)) return error;
      throw error;
    });
    if (written instanceof BifocalError) continue;
    const pairs = canaryTexts.map((given, i) => ({ given, text: written[i]?.sequences[0]?.text ?? "" }));
    const rows = pairs.filter(({ text }) => text.trim() !== "");
    return { languages, rows: rows.length > 0 ? rows : canaryTexts.map((text) => ({ given: text, text })) };
  }
  throw new BifocalError("unsupported", "The model cannot be tried: it knows no pair of languages that would do.");
}

async function using<E extends { close(): Promise<void> }, R>(engine: E, use: (engine: E) => Promise<R>): Promise<R> {
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

/** Probabilities to six digits: a lock is read by people, too. */
function rounded(logits: ArrayLike<number>): number[] {
  return Array.from(softmax(logits), (each) => Math.round(each * 1e6) / 1e6);
}
