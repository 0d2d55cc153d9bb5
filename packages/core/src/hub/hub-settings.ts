import { homedir } from "node:os";
import { join } from "node:path";

/** How the Hub is reached, and where its files are kept. */
export interface HubSettings {
  /** The address that ids are looked up at, without a slash at its end. */
  readonly endpoint: string;
  readonly cacheDir: string;
  readonly offline: boolean;
  readonly token: string | undefined;
}

/**
 * The settings that the Hub's own tools read from the environment: HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE, HF_HUB_CACHE
 * (HUGGINGFACE_HUB_CACHE), HF_HOME. With none of them files are kept in the user's cache directory, under `bifocal`.
 */
export function hubSettings(environment: NodeJS.ProcessEnv, cacheDir?: string): HubSettings {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const home = read("HF_HOME");
  const shared = read("HF_HUB_CACHE") ?? read("HUGGINGFACE_HUB_CACHE") ?? (home && join(home, "hub"));
  return {
    endpoint: (read("HF_ENDPOINT") ?? "https://huggingface.co").replace(/\/+$/u, ""),
    cacheDir: cacheDir ?? shared ?? join(read("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "bifocal"),
    offline: /^(?:1|true|yes|on)$/iu.test(read("HF_HUB_OFFLINE") ?? ""),
    token: read("HF_TOKEN"),
  };
}
