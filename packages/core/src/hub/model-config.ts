import { BifocalError } from "@bifocal/contracts";

/** What we read of a model's config.json; names are the file's. */
export interface ModelConfig {
  readonly model_type: string;
  readonly architectures?: readonly string[];
  readonly is_encoder_decoder?: boolean;
  readonly id2label?: Readonly<Record<string, string>>;
  readonly problem_type?: string | null;
  readonly max_position_embeddings?: number;
  readonly n_positions?: number;
  readonly vocab_size?: number;
  readonly hidden_size?: number;
  readonly bos_token_id?: number | null;
  readonly eos_token_id?: number | readonly number[] | null;
  readonly prefix?: string | null;
  readonly task_specific_params?: Readonly<Record<string, { readonly prefix?: string }>> | null;
  readonly "transformers.js_config"?: { readonly use_external_data_format?: ExternalData };
}

/** Into how many further files the weights are split: of every ONNX file, or by the file's name. */
export type ExternalData = boolean | number | Readonly<Record<string, boolean | number>>;

/**
 * The configuration in a config.json.
 * @throws {BifocalError} `model-damaged` where it is not one.
 */
export function parseModelConfig(json: string, name: string): ModelConfig {
  try {
    const config: unknown = JSON.parse(json);
    if (isModelConfig(config)) return config;
  } catch (cause) {
    throw new BifocalError("model-damaged", `config.json of ${name} is not JSON. Get the file again.`, { cause });
  }
  throw new BifocalError(
    "model-damaged",
    `config.json of ${name} is not a model's configuration: it names no model_type. Get the file again.`,
  );
}

function isModelConfig(value: unknown): value is ModelConfig {
  return typeof value === "object" && value !== null && "model_type" in value && typeof value.model_type === "string";
}

/** The labels of a model that decides, in the order of its logits. */
export function labelsOf({ id2label = { 0: "LABEL_0", 1: "LABEL_1" } }: ModelConfig): string[] {
  return Object.entries(id2label)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, label]) => label);
}
