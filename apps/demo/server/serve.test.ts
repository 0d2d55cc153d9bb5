import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

const program = `
  import { serve } from ${JSON.stringify(new URL("./serve.ts", import.meta.url).href)};
  import { sampleCatalog } from ${JSON.stringify(new URL("./testing/sample-catalog.ts", import.meta.url).href)};
  await serve({ port: 0, catalog: sampleCatalog });
  process.stdout.write("closed");
`;

test.each(["SIGINT", "SIGTERM"] as const)("says where it is and what to try, and closes on %s", async (signal) => {
  const flags = ["--conditions=@bifocal/source", "--import", "tsx", "--input-type=module", "--eval", program];
  const child = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text: string) => {
    output += text;
  });
  await once(child.stdout, "data");
  const url = /http:\/\/localhost:\d+/.exec(output)?.[0];
  expect(output).toContain(`curl ${url}/v1/run`);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  child.kill(signal);
  expect(await once(child, "close")).toEqual([0, null]);
  expect(output).toMatch(/closed$/);
});
