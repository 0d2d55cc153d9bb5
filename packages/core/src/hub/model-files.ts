import { BifocalError } from "@bifocal/contracts";
import { type Dtype, fileSuffixes } from "./dtypes.js";
import type { HubTask } from "./hub-task.js";
import type { ModelConfig } from "./model-config.js";
import type { ModelFolder } from "./model-folder.js";

/** Where sentence-transformers writes how the states of a text's tokens become one. */
export const poolingFile = "1_Pooling/config.json";

/** Where newer models have their chat template; older ones have it in tokenizer_config.json. */
export const chatTemplateFile = "chat_template.jinja";

/** Files that a model may have or not, beside generation_config.json. */
const optionalFiles: Partial<Record<HubTask, readonly string[]>> = {
  "feature-extraction": [poolingFile],
  "text-generation": [chatTemplateFile],
};

/** Files that a model may have or not. */
export function optionalFilesOf(task: HubTask): readonly string[] {
  return ["generation_config.json", ...(optionalFiles[task] ?? [])];
}

/** The weights that are to be loaded, and every file of the model that is needed for it. */
export interface ModelFiles {
  readonly dtype: Dtype;
  readonly files: readonly string[];
}

/**
 * Makes sure that every file the model needs is in its folder, and says which they are.
 * @param dtypes the kinds of weights that will do, best first.
 * @throws {BifocalError} `unknown-model` or `no-network`, naming the file that is missing.
 */
export async function ensureModelFiles(
  folder: ModelFolder,
  { task, config, dtypes }: { readonly task: HubTask; readonly config: ModelConfig; readonly dtypes: readonly Dtype[] },
): Promise<ModelFiles> {
  const read = ["tokenizer.json", "tokenizer_config.json"];
  for (const file of read) await ensure(folder, file);
  const optional: string[] = [];
  for (const file of optionalFilesOf(task)) if (await folder.has(file)) optional.push(file);
  const graphs = config.is_encoder_decoder ? ["encoder_model", "decoder_model_merged"] : ["model"];
  const dtype = await firstPresent(folder, graphs[0] as string, dtypes);
  const weights = graphs.flatMap((graph) => weightFiles(config, graph, dtype));
  for (const file of weights) await ensure(folder, file);
  return { dtype, files: ["config.json", ...read, ...optional, ...weights] };
}

/** The file's whole text, or an error that says that it is missing. */
export async function ensure(folder: ModelFolder, file: string): Promise<void> {
  if (!(await folder.has(file))) throw folder.missing(file);
}

async function firstPresent(folder: ModelFolder, graph: string, dtypes: readonly Dtype[]): Promise<Dtype> {
  for (const dtype of dtypes) {
    if (await folder.has(graphFile(graph, dtype))) return dtype;
  }
  throw folder.missing(graphFile(graph, dtypes.at(-1) as Dtype));
}

function graphFile(graph: string, dtype: Dtype): string {
  return `onnx/${graph}${fileSuffixes[dtype]}.onnx`;
}

/** A graph's file, and the files its weights are split into, named as the library beneath names them. */
export function weightFiles(config: ModelConfig, graph: string, dtype: Dtype): string[] {
  const file = graphFile(graph, dtype);
  const external = config["transformers.js_config"]?.use_external_data_format ?? 0;
  const parts = Number(
    typeof external === "object" ? (external[file.slice("onnx/".length)] ?? external[graph] ?? 0) : external,
  );
  if (parts > 100) throw new BifocalError("model-damaged", `config.json splits ${file} into ${parts} files.`);
  return [file, ...Array.from({ length: parts }, (_, i) => `${file}_data${i === 0 ? "" : `_${i}`}`)];
}
