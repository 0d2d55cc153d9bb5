import { BifocalError, type ModelOfTask, type Task } from "@bifocal/contracts";

/** What opening an ONNX model takes. */
export interface OnnxOptions {
  readonly dtype?: string;
  readonly cacheDir?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { file: string; loadedBytes: number; totalBytes?: number }) => void;
}

/** Opens a Hub model or a local folder in the Hub's layout. */
export async function openOnnxModel<T extends Task>(task: T, source: string, _options: OnnxOptions): Promise<ModelOfTask[T]> {
  throw new BifocalError("unsupported", `The ONNX engine is not built yet: ${task}, ${source}.`);
}
