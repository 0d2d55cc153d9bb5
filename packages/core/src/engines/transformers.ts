import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BifocalError, messageOf } from "@bifocal/contracts";
import type { Device } from "../hub/devices.js";
import { isQuantized } from "../hub/dtypes.js";
import type { ModelConfig } from "../hub/model-config.js";
import { chatTemplateFile } from "../hub/model-files.js";
import { chatPrompts } from "./chat-prompt.js";
import { countTokens } from "./count-tokens.js";
import { embedTexts, poolRows } from "./embed-texts.js";
import type { Library, Loaded } from "./loaded.js";
import { measureTexts } from "./measure-texts.js";
import type { Answers, Head, LoadRequest } from "./protocol.js";
import { type RowModel, runRows } from "./run-rows.js";
import { createScheduler } from "./scheduler.js";
import { scorePairs } from "./score-pairs.js";
import { scoreTexts } from "./score-texts.js";
import { scoreTokens } from "./score-tokens.js";
import { scoreWords } from "./score-words.js";
import { rowOf, type TokenRow } from "./token-row.js";
import { tuneBudget } from "./tune-budget.js";
import { createTurns } from "./turns.js";
import { writeTexts } from "./write-texts.js";

const heads: { readonly [H in Head]: (loaded: Loaded) => Answers<H> } = {
  score: (loaded) => ({ score: scoreTexts(loaded), scorePairs: scorePairs(loaded) }),
  scoreWords: (loaded) => ({ scoreWords: scoreWords(loaded), scoreTokens: scoreTokens(loaded) }),
  embed: (loaded) => ({ embed: embedTexts(loaded) }),
  write: (loaded) => ({
    chat: chatPrompts(loaded),
    count: countTokens(loaded),
    generate: writeTexts(loaded),
    measure: measureTexts(loaded),
  }),
};

/** Loads a model as `load`, and gives what answers the calls of its head. */
export async function loadModel<H extends Head>(request: LoadRequest & { readonly head: H }): Promise<Answers<H>> {
  return heads[request.head](await load(request));
}

/**
 * Loads a model from its folder, in this process, with no network.
 * @throws {BifocalError} `model-damaged`, or `unsupported` where ONNX Runtime itself does not load.
 */
export async function load(request: LoadRequest): Promise<Loaded> {
  const { config, dtype, device = "cpu" } = request;
  const library = await importLibrary();
  const tokenizer = await read("tokenizer.json or tokenizer_config.json", () =>
    library.AutoTokenizer.from_pretrained(request.folder, { local_files_only: true }),
  );
  const template = await readFile(join(request.folder, chatTemplateFile), "utf8").catch(() => undefined);
  if (template !== undefined) tokenizer.chat_template = template;
  const session_options = request.threads === undefined ? {} : { intraOpNumThreads: request.threads };
  const model = await read("an ONNX file", () =>
    autoClass(library, request).from_pretrained(request.folder, {
      dtype,
      device,
      session_options,
      local_files_only: true,
    }),
  ).catch((error) => {
    throw device === "cpu" ? error : noDevice(device, error);
  });
  const context = contextOf(config, tokenizer.model_max_length);
  const quantized = isQuantized(dtype);
  const parts = { library, model, tokenizer, config, context, quantized };
  return { ...parts, rows: await rowScheduler(parts, request), turns: createTurns() };
}

/** What waits for a model at most, and how long a batch waits for more rows. */
const queue = { queuedTokens: 4_000_000, delayMs: 1 };

/** One row at a time where rows of a batch change each other's answers; else as many as are fastest on this machine. */
async function rowScheduler(model: RowModel, { head, pooling = "mean" }: LoadRequest): Promise<Loaded["rows"]> {
  const compute = (rows: readonly TokenRow[]) =>
    head === "embed" ? poolRows(model, rows, pooling) : runRows(model, rows);
  if (head === "write" || model.quantized) return createScheduler(compute, { ...queue, rows: 1, tokens: 1 });
  const padding = model.tokenizer.pad_token_id ?? 0;
  const trial = (rows: number, length: number) =>
    compute(Array.from({ length: rows }, () => rowOf(new Array<number>(length).fill(padding))));
  const rowLength = Math.min(128, model.context);
  return createScheduler(compute, { ...queue, rows: 256, tokens: await tuneBudget(trial, { ...budget, rowLength }) });
}

/** Up to some 0.1 s of a network like MiniLM: an interactive call may have to wait for one batch. */
const budget = { least: 128, most: 2048, forMs: 200 };

async function importLibrary(): Promise<Library> {
  try {
    const library = await import("@xenova/transformers");
    library.env.allowRemoteModels = false;
    library.env.useFSCache = false;
    library.env.logLevel = library.LogLevel.NONE;
    return library;
  } catch (cause) {
    throw new BifocalError("unsupported", `ONNX Runtime does not load on this machine: ${messageOf(cause)}`, { cause });
  }
}

function autoClass(library: Library, { head, config }: LoadRequest): typeof library.AutoModelForCausalLM {
  if (head === "score") return library.AutoModelForSequenceClassification;
  if (head === "embed") return library.AutoModel;
  if (head === "scoreWords") return library.AutoModelForTokenClassification;
  return config.is_encoder_decoder ? library.AutoModelForSeq2SeqLM : library.AutoModelForCausalLM;
}

async function read<T>(what: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    const said = messageOf(cause).slice(0, 300);
    throw new BifocalError(
      "model-damaged",
      `${what} of the model cannot be read (${said}). Get the file again, or choose another dtype.`,
      { cause },
    );
  }
}

function noDevice(device: Device, error: unknown): BifocalError {
  const cause = error instanceof BifocalError ? error.cause : error;
  return new BifocalError(
    "unsupported",
    `The model does not load on the device "${device}" (${messageOf(cause)}). Leave device out to run it on the processor, which "cpu" is.`,
    { cause },
  );
}

/** Models whose positions begin after the padding token's: so many fewer than `max_position_embeddings`. */
const shiftedPositions = new Set(["roberta", "xlm-roberta", "camembert", "mpnet", "longformer", "data2vec-text"]);

function contextOf(config: ModelConfig, tokenizerLimit: number): number {
  const shift = shiftedPositions.has(config.model_type) ? 2 : 0;
  const positions = config.max_position_embeddings ?? config.n_positions ?? Number.POSITIVE_INFINITY;
  const limit = Math.min(tokenizerLimit, positions - shift);
  return limit > 1e9 ? Number.POSITIVE_INFINITY : limit;
}
