import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** How npm is to behave: by default it asks its registry for what is at hand, and waits minutes for one out of reach. */
const npmSettings = {
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_prefer_offline: "true",
  npm_config_fetch_retries: "2",
  npm_config_fetch_retry_mintimeout: "1000",
  npm_config_fetch_retry_maxtimeout: "3000",
};

/** Runs a program to its end, and gives what it printed; where it fails the error holds what it printed to stderr. */
export async function run(folder: string, program: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, ...npmSettings };
  const { stdout } = await promisify(execFile)(program, args, { cwd: folder, env, maxBuffer: 2 ** 26 });
  return stdout;
}
