import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

/** A network smaller than this is through with an operator before a second thread has heard of it. */
const smallBytes = 12 * 2 ** 20;

export interface Machine {
  /** Of the file system. */
  readonly root?: string;
  /** How many threads of it this process may use at once. */
  readonly allowed?: number;
}

/**
 * In how many threads a network runs: one where it is small, else one for each core that this process may use. ONNX Runtime
 * asks the processor itself, which in a virtual machine may take two cores for one, and knows no limit of a container.
 * @param bytes of its weights
 * @returns nothing where the system tells of no cores: ONNX Runtime then counts for itself
 */
export function inferenceThreads(
  bytes: number,
  { root = "/", allowed = availableParallelism() }: Machine = {},
): number | undefined {
  if (bytes < smallBytes) return 1;
  const cores = coresOf(join(root, "sys/devices/system/cpu"));
  if (cores === undefined) return undefined;
  return Math.max(1, Math.min(cores, allowed, Math.ceil(quotaOf(join(root, "sys/fs/cgroup/cpu.max")))));
}

/** Processors that share a core count once: the second has nothing left to multiply with. */
function coresOf(folder: string): number | undefined {
  try {
    const processors = readdirSync(folder).filter((name) => /^cpu\d+$/.test(name));
    const cores = processors.map((name) => {
      const told = (what: string): string => readFileSync(join(folder, name, "topology", what), "utf8").trim();
      return `${told("physical_package_id")} ${told("core_id")}`;
    });
    return new Set(cores).size || undefined;
  } catch {
    return undefined;
  }
}

/** How many processors' time a container has: "200000 100000" is two, "max 100000" knows no limit. */
function quotaOf(file: string): number {
  try {
    const [quota, period] = readFileSync(file, "utf8").trim().split(" ").map(Number);
    return (quota as number) / (period as number) || Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
