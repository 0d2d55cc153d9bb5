import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where figures of the original programs lie beside the repository, on machines that have them. */
export function goldenPath(name: string): string {
  return fileURLToPath(new URL(`../../../../shared/goldens/${name}`, import.meta.url));
}

export function hasGolden(name: string): boolean {
  return existsSync(goldenPath(name));
}
