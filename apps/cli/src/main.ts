import { exitCodes } from "./exit-codes.js";
import { runCli } from "./run-cli.js";

const interruption = new AbortController();

process.on("SIGINT", () => {
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
});

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Whoever read the results (`| head`) has seen enough.
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(
    `bifocal: The results cannot be written: ${error.message}. Free some space, or write elsewhere.\n`,
  );
  process.exit(exitCodes.unwritable);
});
process.stderr.on("error", () => {});

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interruption.signal,
});
