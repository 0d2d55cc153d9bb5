import { type DefineCommand, examples } from "./command.js";

/** `bifocal serve`: the demo page and its HTTP API. */
export const defineServe: DefineCommand = (program, session) => {
  program
    .command("serve")
    .description("serve the demo page and the HTTP API")
    .option("--port <number>", "where to listen; default: PORT, or 3000", Number)
    .option("--host <address>", "default: HOST, or 127.0.0.1: this machine only")
    .addHelpText("after", examples("bifocal serve", "bifocal serve --port 8080", "HOST=0.0.0.0 bifocal serve"))
    .action(async (options: { port?: number; host?: string }) => {
      const { serve } = await import("@bifocal/demo");
      await serve({ ...options, write: (text) => session.stdout.write(text) });
    });
};
